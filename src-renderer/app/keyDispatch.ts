/**
 * From a key to its command. Keys belong first to what has the focus: text being typed, a menu, a dialog, a button; and
 * to whoever has already acted on them.
 */
import { matchKeybindingPress, parseKeybinding } from 'tinykeys';
import { commandStore, runCommand, type Command } from '../viewing/commands';
import { placeStore, type Place } from '../viewing/place';

export function dispatchKeys(target: Window): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.key === 'Unidentified' || isDialogOpen()) return;
    const focus = focusOf(event.target);
    if (keepsKey(focus, event) || (isCopy(event) && hasSelectedText())) return;
    const command = commandForKey(event, [...commandStore.getState().commands.values()], placeStore.getState().place);
    if (!command) return;
    event.preventDefault();
    runCommand(command.id);
  };
  target.addEventListener('keydown', onKeyDown);
  return () => target.removeEventListener('keydown', onKeyDown);
}

/** Keys that go on while held down; every other command runs once a press. */
const REPEATING = /^(Arrow|Page|[+\-=]$)/;

/** The enabled command of this place that has the key; one of the place before one of both. */
export function commandForKey(event: KeyboardEvent, commands: readonly Command[], place: Place): Command | null {
  if (event.repeat && !REPEATING.test(event.key)) return null;
  const found = commands.filter(
    (command) =>
      (command.place ?? place) === place &&
      command.keys.some((pattern) => matchesPattern(event, pattern)) &&
      command.isEnabled?.() !== false,
  );
  return found.find((command) => command.place === place) ?? found[0] ?? null;
}

function matchesPattern(event: KeyboardEvent, pattern: string): boolean {
  const [press] = parseKeybinding(pattern);
  return press !== undefined && matchKeybindingPress(event, press);
}

/** What has the focus, as far as keys are concerned. */
export type KeyFocus = 'text' | 'choice' | 'button' | 'menu' | 'nothing';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Whether the element with the focus needs this key itself. */
export function keepsKey(focus: KeyFocus, { key, ctrlKey, metaKey, altKey }: Pressed): boolean {
  switch (focus) {
    case 'menu':
      return true;
    case 'text':
      return ctrlKey || metaKey
        ? /^([acvxyz]|Arrow.*|Home|End|Backspace|Delete)$/i.test(key)
        : !altKey && !/^F\d/.test(key);
    case 'choice':
      return /^(Arrow.*|Page.*|Home|End| )$/.test(key);
    case 'button':
      return key === 'Enter' || key === ' ';
    case 'nothing':
      return false;
  }
}

function focusOf(target: EventTarget | null): KeyFocus {
  if (!(target instanceof Element)) return 'nothing';
  if (target.closest('[role="menu"], [role="listbox"]')) return 'menu';
  if (target.matches('input[type="range"], input[type="radio"], input[type="checkbox"]')) return 'choice';
  if (target.matches('input, textarea, select, [contenteditable]')) return 'text';
  return target.closest('button, [role="button"], a[href]') ? 'button' : 'nothing';
}

function isDialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}

function isCopy({ key, ctrlKey, metaKey }: Pressed): boolean {
  return (ctrlKey || metaKey) && key.toLowerCase() === 'c';
}

function hasSelectedText(): boolean {
  return (window.getSelection()?.toString() ?? '') !== '';
}
