/** The value under the cursor, as text for the eye and as attributes for a script. */
import { wantedImage } from '../../../viewing/screen';
import { toImage } from '../../../viewing/camera';
import { viewOf } from '../../../viewing/shown';
import { t } from '../../../strings';
import { useShown, useViewport } from '../state';
import { probeAt, type Probe } from '../viewport/probe';
import { shownFrames } from '../viewport/shownFrames';

export function ProbeReadout({ id }: { readonly id: string }) {
  const probe = useProbe(id);
  if (!probe) return null;
  const { column, row, stored, value, unit, positionMm } = probe;
  return (
    <span
      className="overlay-probe"
      data-testid="probe"
      data-column={column}
      data-row={row}
      data-stored={stored.join(',')}
      data-value={value ?? ''}
      data-unit={unit}
      data-x={positionMm?.[0]}
      data-y={positionMm?.[1]}
      data-z={positionMm?.[2]}
    >
      <strong>{probeText(probe)}</strong>
      <span>{`${t('reading.overlay.column')} ${String(column)}  ${t('reading.overlay.row')} ${String(row)}`}</span>
      {value !== null && <span>{t('reading.overlay.stored', { value: stored.join(', ') })}</span>}
      {positionMm && <span>{patientPosition(positionMm)}</span>}
    </span>
  );
}

function useProbe(id: string): Probe | null {
  const cursor = useShown(id, (shown) => shown.cursor);
  useShown(id, ({ sopInstanceUid }) => sopInstanceUid);
  useViewport(id, (viewport) => viewport);
  const image = useViewport(id, wantedImage);
  const view = viewOf(id);
  const frame = shownFrames.get(id);
  if (!cursor || !view || !image || frame?.sopInstanceUid !== image.record.sopInstanceUid) return null;
  return probeAt(frame, image.record, toImage(view, cursor));
}

function probeText({ value, unit, stored }: Probe): string {
  if (value === null) return `RGB ${stored.join(' ')}`;
  const text = Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
  return unit === '' ? text : `${text}\u2009${unit}`;
}

/** `L 12.3  P 40.0  H 101.5 mm`: how far from the origin, and to which side. */
export function patientPosition(positionMm: readonly [number, number, number]): string {
  const [x, y, z] = positionMm;
  const axis = (value: number, positive: string, negative: string): string => {
    const tenths = Math.round(value * 10) / 10;
    return `${tenths < 0 ? negative : positive} ${Math.abs(tenths).toFixed(1)}`;
  };
  return `${axis(x, 'L', 'R')}  ${axis(y, 'P', 'A')}  ${axis(z, 'H', 'F')}\u2009mm`;
}
