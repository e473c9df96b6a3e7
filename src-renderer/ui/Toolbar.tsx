import type { ReactNode } from 'react';
import './Toolbar.css';

/** One row of tools. */
export function Toolbar({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="ui-toolbar" role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}

/** Tools that belong together; groups are parted by a hairline. */
export function ToolbarGroup({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="ui-toolbar-group" role="group" aria-label={label}>
      {children}
    </div>
  );
}
