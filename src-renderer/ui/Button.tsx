import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classes } from './classes';
import { Kbd } from './Kbd';
import './Button.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly ref?: Ref<HTMLButtonElement>;
  /** `primary`: the one next step of a view. `quiet`: no frame until hovered. */
  readonly tone?: 'normal' | 'primary' | 'quiet';
  readonly size?: 'normal' | 'small';
  readonly icon?: ReactNode;
  /** Key pattern printed inside the button. */
  readonly keys?: string | undefined;
}

/** A button with words. */
export function Button({ tone = 'normal', size = 'normal', icon, keys, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classes('ui-button', `is-${tone}`, `is-${size}`, className)} {...rest}>
      {icon}
      {children}
      {keys !== undefined && <Kbd keys={keys} />}
    </button>
  );
}
