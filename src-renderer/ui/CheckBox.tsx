import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes';
import './CheckBox.css';

/** Of a box that stands for many: all of them, some, or none. */
export type CheckState = 'all' | 'some' | 'none';

/** The picture of a check box, for rows that are themselves the control. */
export function CheckMark({ state }: { readonly state: CheckState }) {
  return (
    <span className={classes('ui-check-mark', `is-${state}`)} aria-hidden="true">
      {state === 'all' && <Check size={10} strokeWidth={3} />}
      {state === 'some' && <Minus size={10} strokeWidth={3} />}
    </span>
  );
}

export interface CheckBoxProps {
  readonly isChecked: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isChecked: boolean) => void;
  /** What it means, beside the box. */
  readonly children: ReactNode;
}

/** Yes or no, with its words; Space turns it. */
export function CheckBox({ isChecked, isDisabled = false, onChange, children }: CheckBoxProps) {
  return (
    <label className="ui-check-box">
      <input
        type="checkbox"
        className="ui-visually-hidden"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <CheckMark state={isChecked ? 'all' : 'none'} />
      <span>{children}</span>
    </label>
  );
}
