/** One bar at the top of the window, filled by the screen below it: saves the height of a second bar. */
import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

const SlotContext = createContext<HTMLElement | null>(null);

export const BarSlotProvider = SlotContext.Provider;

/** Puts its children into the window's bar; nothing is shown where there is no bar. */
export function BarContent({ children }: { readonly children: ReactNode }) {
  const slot = useContext(SlotContext);
  return slot && createPortal(children, slot);
}
