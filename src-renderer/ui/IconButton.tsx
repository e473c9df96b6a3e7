import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { classes } from './classes';
import { keyText } from './keys';
import { Tooltip, type TooltipProps } from './Tooltip';
import './Button.css';

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly ref?: Ref<HTMLButtonElement>;
  /** Said by the tooltip and by screen readers. */
  readonly label: string;
  /** Key pattern shown in the tooltip. */
  readonly keys?: string | undefined;
  readonly icon: ReactNode;
  /** For toggles and tools. */
  readonly isPressed?: boolean;
  readonly size?: 'normal' | 'small';
  readonly tooltipSide?: TooltipProps['side'];
}

/** A button that is only a picture; its tooltip says what it does and shows its key. */
export function IconButton({
  label,
  keys,
  icon,
  isPressed,
  size = 'normal',
  tooltipSide = 'bottom',
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys} side={tooltipSide}>
      <button
        type="button"
        aria-label={label}
        aria-keyshortcuts={keys === undefined ? undefined : keyText(keys, false)}
        aria-pressed={isPressed}
        className={classes('ui-icon-button', `is-${size}`, className)}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
