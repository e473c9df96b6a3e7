/** Width and level as numbers; pressed, they can be typed or chosen from the presets. */
import type { ShownWindow } from '../../../viewing/shown';
import { setVoi } from '../../../viewing/viewport';
import { Field, NumberInput, Popover } from '../../../ui';
import { t } from '../../../strings';
import { PresetButtons } from '../toolbar/PresetButtons';
import { useShown, useViewport } from '../state';

export function WindowReadout({ id }: { readonly id: string }) {
  const window = useShown(id, (shown) => shown.window);
  const isInverted = useViewport(id, (viewport) => viewport.isInverted);
  const isReady = useShown(id, ({ status }) => status === 'ready');
  if (!isReady) return null;
  if (!window) return <span data-testid="window-readout">{t('reading.overlay.colour')}</span>;
  const { width, center, unit } = window;
  return (
    <Popover
      label={t('reading.window.edit')}
      side="top"
      trigger={
        <button
          type="button"
          className="overlay-window"
          data-testid="window-readout"
          data-width={width}
          data-center={center}
          data-unit={unit}
          data-inverted={isInverted}
        >
          {windowText(window)}
          {isInverted && ` · ${t('reading.overlay.inverted')}`}
        </button>
      }
    >
      <WindowEditor id={id} window={window} />
    </Popover>
  );
}

export function windowText({ width, center, isTable }: ShownWindow): string {
  if (isTable) return t('reading.overlay.table');
  return t('reading.overlay.window', { width: readable(width), center: readable(center) });
}

/** Whole where it is nearly whole, otherwise three digits. */
function readable(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return String(rounded).replace('-', '−');
}

function WindowEditor({ id, window }: { readonly id: string; readonly window: ShownWindow }) {
  const { width, center, unit } = window;
  const narrowest = window.isWhole ? 1 : 1e-6;
  const limit = Math.max(window.range * 16, 1e6);
  const step = width >= 20 ? Math.max(Math.round(width / 50), 1) : width / 50;
  const set = (level: { readonly width: number; readonly center: number }): void =>
    setVoi(id, { kind: 'explicit', ...level });
  return (
    <div className="window-editor" data-testid="window-editor">
      <Field label={t('reading.window.width')}>
        {(inputId) => (
          <NumberInput
            id={inputId}
            value={Number(width.toPrecision(6))}
            min={narrowest}
            max={limit}
            step={step}
            unit={unit}
            onChange={(typed) => set({ width: typed, center })}
          />
        )}
      </Field>
      <Field label={t('reading.window.center')}>
        {(inputId) => (
          <NumberInput
            id={inputId}
            value={Number(center.toPrecision(6))}
            min={-limit}
            max={limit}
            step={step}
            unit={unit}
            onChange={(typed) => set({ width, center: typed })}
          />
        )}
      </Field>
      <PresetButtons viewportId={id} />
    </div>
  );
}
