import { classes } from './classes';
import './Meter.css';

export interface MeterPart {
  readonly label: string;
  /** In the unit of the whole; at least 0. */
  readonly value: number;
  readonly tone: 'first' | 'second' | 'third' | 'caution';
}

export interface MeterProps {
  readonly label: string;
  readonly parts: readonly MeterPart[];
  /** What a full bar stands for; where the parts are more, they fill it. */
  readonly whole: number;
}

/** How much of a whole its parts take: one bar, side by side. Parts of nothing are left out. */
export function Meter({ label, parts, whole }: MeterProps) {
  const taken = parts.reduce((sum, part) => sum + part.value, 0);
  const full = Math.max(whole, taken);
  return (
    <div
      className="ui-meter"
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={full}
      aria-valuenow={taken}
    >
      {parts
        .filter((part) => part.value > 0)
        .map((part) => (
          <span
            key={part.label}
            className={`is-${part.tone}`}
            title={part.label}
            style={{ width: `${(part.value / full) * 100}%` }}
          />
        ))}
    </div>
  );
}

/** The words of one part, with its colour before them. */
export function MeterKey({ tone, label }: Pick<MeterPart, 'tone' | 'label'>) {
  return <span className={classes('ui-meter-key', `is-${tone}`)}>{label}</span>;
}
