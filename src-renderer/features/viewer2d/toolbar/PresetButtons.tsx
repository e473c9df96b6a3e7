/** The window presets of a modality, with their number keys. */
import { screenStore, viewportById, wantedImage } from '../../../viewing/screen';
import { DEFAULT_VOI, type Voi } from '../../../viewing/voi';
import { setVoi } from '../../../viewing/viewport';
import { Button } from '../../../ui';
import { t } from '../../../strings';
import { useViewport } from '../state';
import { presetsFor } from '../viewport/presets';

export function PresetButtons({ viewportId }: { readonly viewportId: string }) {
  useViewport(viewportId, wantedImage);
  const choose = (voi: Voi) => () => setVoi(viewportId, voi);
  return (
    <div className="preset-list">
      <Button size="small" tone="quiet" keys="0" onClick={choose(DEFAULT_VOI)}>
        <span>{t('reading.window.default')}</span>
      </Button>
      <Button size="small" tone="quiet" keys="Shift+W" onClick={choose({ kind: 'auto' })}>
        <span>{t('reading.window.auto')}</span>
      </Button>
      {presetsFor(viewportById(screenStore.getState(), viewportId)).map(({ id, label, level }, index) => (
        <Button
          key={id}
          size="small"
          tone="quiet"
          keys={index < 9 ? String(index + 1) : undefined}
          onClick={choose({ kind: 'preset', presetId: id, ...level })}
        >
          <span>{label}</span>
          <small>{`${String(level.width)} / ${String(level.center).replace('-', '−')}`}</small>
        </Button>
      ))}
    </div>
  );
}
