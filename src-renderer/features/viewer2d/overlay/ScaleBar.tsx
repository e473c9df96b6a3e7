import { wantedImage } from '../../../viewing/screen';
import { viewOf } from '../../../viewing/shown';
import { formatWithUnit, t } from '../../../strings';
import { useShown, useViewport } from '../state';
import { scaleBarFor } from './scaleBar';

/** Only where millimetres can be trusted, and saying so where they are not those of the patient. */
export function ScaleBar({ id }: { readonly id: string }) {
  const image = useViewport(id, wantedImage);
  useViewport(id, (viewport) => viewport.camera);
  useShown(id, ({ size }) => size);
  const view = viewOf(id);
  const isReady = useShown(id, ({ status }) => status === 'ready');
  const bar = isReady && view && image && scaleBarFor(view, image.record.spacing);
  if (!bar) return null;
  const source = bar.source === 'pixel-spacing' ? '' : t(`reading.overlay.${bar.source}`);
  return (
    <div
      className="overlay-scale"
      data-testid="scale-bar"
      data-length-mm={bar.lengthMm}
      style={{ width: bar.lengthPx }}
    >
      <span>
        {bar.lengthMm >= 10 && bar.lengthMm % 10 === 0
          ? formatWithUnit(bar.lengthMm / 10, 'cm')
          : formatWithUnit(bar.lengthMm, 'mm')}
        {source !== '' && ` ${source}`}
      </span>
    </div>
  );
}
