import { Tooltip as Radix } from 'radix-ui';
import type { FocusEvent, ReactElement, ReactNode } from 'react';
import { Kbd } from './Kbd';
import './Tooltip.css';

/** Around the whole application: the first tooltip waits, neighbours follow at once. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={300} disableHoverableContent>
      {children}
    </Radix.Provider>
  );
}

export interface TooltipProps {
  /** Nothing is shown for an empty text. */
  readonly text: string;
  /** Key pattern shown beside the text. */
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** One element that takes a ref. */
  readonly children: ReactElement;
}

/** Focus that comes back to a button when what it opened is closed by hand says nothing new. */
function ignoreQuietFocus(event: FocusEvent<HTMLElement>): void {
  if (!event.currentTarget.matches(':focus-visible')) event.preventDefault();
}

export function Tooltip({ text, keys, side = 'bottom', children }: TooltipProps) {
  if (text === '') return children;
  return (
    <Radix.Root>
      <Radix.Trigger asChild onFocus={ignoreQuietFocus}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="ui-tooltip" side={side} sideOffset={6} collisionPadding={8}>
          <span>{text}</span>
          {keys !== undefined && <Kbd keys={keys} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
