import {
  useEffect,
  useId,
  useState,
  type InputHTMLAttributes,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { classes } from './classes';
import './Field.css';

export interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  /** Given the id that ties the label to the control. */
  readonly children: (controlId: string) => ReactNode;
}

/** A label above its control, and what to know about it below. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  return (
    <div className="ui-field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {hint !== undefined && <p>{hint}</p>}
    </div>
  );
}

export interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly ref?: Ref<HTMLInputElement>;
}

export function TextInput({ className, ...rest }: TextInputProps) {
  return (
    <input type="text" spellCheck={false} autoComplete="off" className={classes('ui-input', className)} {...rest} />
  );
}

export interface NumberInputProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Printed behind the number. */
  readonly unit?: string;
  readonly onChange: (value: number) => void;
}

/** A number that can be typed: taken on Enter or when left, held within its range; Escape takes the typing back. */
export function NumberInput({ id, label, value, min, max, step = 1, unit, onChange }: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const take = (next: number) => {
    setDraft(null);
    const held = Math.min(Math.max(next, min), max);
    if (Number.isFinite(held) && held !== value) onChange(held);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && draft !== null) take(parseTyped(draft));
    else if (event.key === 'Escape' && draft !== null) setDraft(null);
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown')
      take(value + (event.key === 'ArrowUp' ? step : -step));
    else return;
    event.preventDefault();
  };
  return (
    <span className="ui-number">
      <input
        id={id}
        aria-label={label}
        className="ui-input"
        inputMode="decimal"
        autoComplete="off"
        value={draft ?? String(value)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={() => draft !== null && take(parseTyped(draft))}
        onKeyDown={onKeyDown}
      />
      {unit !== undefined && <span>{unit}</span>}
    </span>
  );
}

/** A comma is a decimal point for most of the world; an empty or strange text is not a number. */
function parseTyped(text: string): number {
  const trimmed = text.trim().replace(',', '.').replace('−', '-');
  return trimmed === '' ? Number.NaN : Number(trimmed);
}

export interface SliderProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** While it is dragged. */
  readonly onChange: (value: number) => void;
  /** Once, when the hand lets go. */
  readonly onCommit?: (value: number) => void;
}

export function Slider({ id, label, value, min, max, step, onChange, onCommit }: SliderProps) {
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  return (
    <input
      id={id}
      aria-label={label}
      type="range"
      className="ui-slider"
      min={min}
      max={max}
      step={step}
      value={shown}
      onChange={(event) => {
        setShown(event.target.valueAsNumber);
        onChange(event.target.valueAsNumber);
      }}
      onPointerUp={() => onCommit?.(shown)}
      onKeyUp={() => onCommit?.(shown)}
    />
  );
}

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly isDisabled?: boolean }[];
  readonly onChange: (value: T) => void;
}

/** One of a few, all visible. Arrow keys move the choice. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <div className="ui-segmented" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label
          key={option.value}
          className={classes(option.value === value && 'is-on', option.isDisabled === true && 'is-disabled')}
        >
          <input
            type="radio"
            name={name}
            className="ui-visually-hidden"
            checked={option.value === value}
            disabled={option.isDisabled === true}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}
