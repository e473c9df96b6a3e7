import type { ReactNode } from 'react';
import './EmptyState.css';

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly body: string;
  /** The next step, usually buttons. */
  readonly children?: ReactNode;
}

/** Says why there is nothing here, and the next step. */
export function EmptyState({ icon, title, body, children }: EmptyStateProps) {
  return (
    <div className="ui-empty">
      {icon}
      <h2>{title}</h2>
      <p>{body}</p>
      {children}
    </div>
  );
}
