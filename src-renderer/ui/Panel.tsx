import { X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { IconButton } from './IconButton';
import './Panel.css';

export interface PanelProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A panel at the side of the screen: a title, what it holds, a way to close it (also Escape). */
export function Panel({ title, closeLabel, onClose, actions, children }: PanelProps) {
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <section className="ui-panel" aria-label={title} onKeyDown={closeOnEscape}>
      <header className="ui-panel-header">
        <h2>{title}</h2>
        {actions}
        <IconButton
          size="small"
          label={closeLabel}
          keys="Escape"
          icon={<X size={16} strokeWidth={1.5} />}
          onClick={onClose}
        />
      </header>
      <div className="ui-panel-body">{children}</div>
    </section>
  );
}

/** A part of a panel, under its own small heading. */
export function PanelSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="ui-panel-section">
      <h3>{title}</h3>
      {children}
    </section>
  );
}
