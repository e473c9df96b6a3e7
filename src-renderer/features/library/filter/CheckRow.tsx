import type { ReactNode } from 'react';
import { CheckMark, type CheckState } from '../../../ui';

const PRESSED = { all: true, some: 'mixed', none: false } as const;

/** One entry of a list of choices: the whole row turns it. */
export function CheckRow(props: {
  readonly state: CheckState;
  readonly onToggle: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      data-walk
      role="checkbox"
      aria-checked={PRESSED[props.state]}
      className="library-check"
      onClick={props.onToggle}
    >
      <CheckMark state={props.state} />
      {props.children}
    </button>
  );
}
