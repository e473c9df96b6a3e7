import { useEffect, useRef, type ReactNode } from 'react';
import './Overlay.css';

export interface OverlayProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly width: number;
  readonly children: ReactNode;
}

/**
 * Something that asks for the whole attention for a moment, over a dimmed screen. The platform's own dialog keeps the
 * focus inside and gives it back; Escape and a click beside it close it. What is marked
 * `data-first-focus` has the focus first.
 */
export function Overlay({ label, onClose, width, children }: OverlayProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      element.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    }
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="ui-overlay"
      aria-label={label}
      style={{ width }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div className="ui-overlay-body">{children}</div>
    </dialog>
  );
}
