import './Select.css';

export interface SelectProps<T extends string> {
  readonly id?: string;
  readonly label?: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

/** One of many, shown when asked for: the platform's own list, with its keys. */
export function Select<T extends string>({ id, label, value, options, onChange }: SelectProps<T>) {
  return (
    <select
      id={id}
      aria-label={label}
      className="ui-select"
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
