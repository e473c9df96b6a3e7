import { ChevronDown, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { t } from '../../../strings';
import { classes, Popover, Tooltip } from '../../../ui';
import { commandStore } from '../../../viewing/commands';
import { libraryViewStore, openLibraryMenu, type LibraryMenu } from '../libraryView';

export interface ChipProps {
  readonly label: string;
  /** `null`: nothing is asked for. */
  readonly value: string | null;
  readonly onRemove: () => void;
}

/** A filter in the row: a quiet word while it asks nothing, a chip with its value when it does. */
export function FilterMenu({
  menu,
  command,
  label,
  value,
  onRemove,
  children,
}: ChipProps & { readonly menu: LibraryMenu; readonly command: string; readonly children: ReactNode }) {
  const isOpen = useStore(libraryViewStore, (view) => view.openMenu === menu);
  const keys = useStore(commandStore, ({ commands }) => commands.get(command)?.keys[0]);
  return (
    <span className={classes('library-chip', value !== null && 'is-on')}>
      <Popover
        label={label}
        isOpen={isOpen}
        onOpenChange={(open) => openLibraryMenu(open ? menu : null)}
        trigger={
          <button type="button" className="library-chip-main" aria-keyshortcuts={keys}>
            <ChipText label={label} value={value} />
            <ChevronDown size={12} strokeWidth={1.75} />
          </button>
        }
      >
        {children}
      </Popover>
      {value !== null && <RemoveButton label={label} onRemove={onRemove} />}
    </span>
  );
}

/** A condition that is on or off. */
export function FilterSwitch(props: {
  readonly label: string;
  readonly isOn: boolean;
  readonly keys?: string | undefined;
  readonly onChange: (isOn: boolean) => void;
}) {
  const { label, isOn, keys, onChange } = props;
  return (
    <span className={classes('library-chip', isOn && 'is-on')}>
      <Tooltip text={keys === undefined ? '' : label} keys={keys}>
        <button type="button" className="library-chip-main" aria-pressed={isOn} onClick={() => onChange(!isOn)}>
          {label}
        </button>
      </Tooltip>
      {isOn && <RemoveButton label={label} onRemove={() => onChange(false)} />}
    </span>
  );
}

/** A condition without a button of its own; a click opens where it was set. */
export function ConditionChip({ label, value, onRemove, onOpen }: ChipProps & { readonly onOpen?: () => void }) {
  return (
    <span className="library-chip is-on">
      <button type="button" className="library-chip-main" onClick={onOpen}>
        <ChipText label={label} value={value} />
      </button>
      <RemoveButton label={label} onRemove={onRemove} />
    </span>
  );
}

function ChipText({ label, value }: { readonly label: string; readonly value: string | null }) {
  return (
    <>
      {label}
      {value !== null && value !== '' && <strong title={value}>{value}</strong>}
    </>
  );
}

function RemoveButton({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <button
      type="button"
      className="library-chip-remove"
      aria-label={t('library.filter.remove', { filter: label })}
      onClick={onRemove}
    >
      <X size={12} strokeWidth={2} />
    </button>
  );
}
