import type { KeyboardEvent } from 'react';

/** Up and down go from one entry of a list of choices to the next; entries bear `data-walk`. */
export function walkEntries(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const entries = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-walk]')];
  const index = entries.findIndex((entry) => entry === document.activeElement);
  entries.at(Math.min(Math.max(index + (event.key === 'ArrowDown' ? 1 : -1), 0), entries.length - 1))?.focus();
  event.preventDefault();
}
