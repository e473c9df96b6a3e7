/**
 * One bar at the top of the window and one at its foot, both filled by the screen between them: a second bar would cost
 * height that belongs to the picture.
 */
import { createContext, useContext, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

const BarContext = createContext<HTMLElement | null>(null);
const StatusContext = createContext<HTMLElement | null>(null);

export const BarSlotProvider = BarContext.Provider;
export const StatusSlotProvider = StatusContext.Provider;

interface ContentProps {
  readonly children: ReactNode;
}

/** Puts its children into the window's bar; nothing is shown where there is no bar. */
export function BarContent({ children }: ContentProps) {
  const slot = useContext(BarContext);
  return slot && createPortal(children, slot);
}

/** Puts its children into the status bar, after what is being opened. */
export function StatusContent({ children }: ContentProps) {
  const slot = useContext(StatusContext);
  return slot && createPortal(children, slot);
}
