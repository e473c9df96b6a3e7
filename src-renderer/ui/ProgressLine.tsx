import { classes } from './classes';
import './ProgressLine.css';

/** A thin line that shows how far something is. `value` is 0 to 1; `null`: not known. */
export function ProgressLine({ value, label }: { readonly value: number | null; readonly label: string }) {
  const percent = value === null ? undefined : Math.round(Math.min(Math.max(value, 0), 1) * 1000) / 10;
  return (
    <div
      className={classes('ui-progress', percent === undefined && 'is-unknown')}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={percent === undefined ? undefined : { width: `${percent}%` }} />
    </div>
  );
}
