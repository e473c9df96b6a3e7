/** The grid, chosen by pointing at its last cell. */
import { LayoutGrid } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { MAX_COLUMNS, MAX_ROWS, screenStore } from '../../../viewing/screen';
import { classes, IconButton, Popover, PopoverChoice } from '../../../ui';
import { t } from '../../../strings';
import { changeLayout } from '../session/fillLayout';

const CELLS = Array.from({ length: MAX_ROWS * MAX_COLUMNS }, (_, index) => ({
  rows: Math.floor(index / MAX_COLUMNS) + 1,
  columns: (index % MAX_COLUMNS) + 1,
}));

export function LayoutPicker() {
  const layout = useStore(screenStore, (state) => state.layout);
  const [pointed, setPointed] = useState<typeof layout | null>(null);
  const marked = pointed ?? layout;
  return (
    <Popover
      label={t('reading.layout.choose')}
      align="end"
      trigger={
        <IconButton
          label={t('reading.layout.choose')}
          icon={<LayoutGrid size={17} strokeWidth={1.5} />}
          data-testid="layout-picker"
        />
      }
    >
      <div className="layout-picker" onPointerLeave={() => setPointed(null)}>
        {CELLS.map((cell) => (
          <PopoverChoice key={`${String(cell.rows)}x${String(cell.columns)}`}>
            <button
              type="button"
              aria-label={t('reading.layout.shape', cell)}
              data-testid={`layout-${String(cell.columns)}x${String(cell.rows)}`}
              className={classes(cell.rows <= marked.rows && cell.columns <= marked.columns && 'is-marked')}
              onPointerEnter={() => setPointed(cell)}
              onFocus={() => setPointed(cell)}
              onClick={() => changeLayout(cell)}
            />
          </PopoverChoice>
        ))}
        <span>{t('reading.layout.shape', { columns: marked.columns, rows: marked.rows })}</span>
      </div>
    </Popover>
  );
}
