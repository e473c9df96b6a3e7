/** The four corners. Each is drawn again only when what it says changes. */
import { useStore } from 'zustand';
import { scaleOf } from '../../../viewing/camera';
import type { OverlayLevel } from '../../../viewing/preferences';
import { screenStore, wantedImage } from '../../../viewing/screen';
import { viewOf } from '../../../viewing/shown';
import { classes } from '../../../ui';
import { t } from '../../../strings';
import { useShown, useViewport } from '../state';
import {
  issueLines,
  lossyMark,
  sliceLines,
  topLeftLines,
  topRightLines,
  type Described,
  type Line,
} from './cornerText';
import { ProbeReadout } from './ProbeReadout';
import { WindowReadout } from './WindowReadout';

interface CornerProps {
  readonly id: string;
  readonly level: OverlayLevel;
}

function useDescribed({ id, level }: CornerProps): Described | null {
  const content = useViewport(id, (viewport) => viewport.content);
  const image = useViewport(id, wantedImage);
  return content && image ? { content, image, level } : null;
}

export function TopLeft(props: CornerProps) {
  const described = useDescribed(props);
  const hasSeveral = useStore(screenStore, ({ patientKeys }) => patientKeys.length > 1);
  if (!described) return null;
  return (
    <div
      className={classes('overlay-corner is-top-left', hasSeveral && 'is-of-several')}
      data-testid="overlay-top-left"
    >
      <Lines lines={topLeftLines(described)} />
    </div>
  );
}

export function TopRight(props: CornerProps) {
  const described = useDescribed(props);
  if (!described) return null;
  return (
    <div className="overlay-corner is-top-right" data-testid="overlay-top-right">
      <Lines lines={topRightLines(described)} />
    </div>
  );
}

export function BottomLeft(props: CornerProps) {
  const described = useDescribed(props);
  const imageIndex = useViewport(props.id, (viewport) => viewport.imageIndex);
  if (!described) return null;
  return (
    <div className="overlay-corner is-bottom-left" data-testid="overlay-bottom-left">
      <div className="overlay-issues" data-testid="image-issues">
        <Lines lines={issueLines(described)} />
      </div>
      <Lines lines={sliceLines(described, imageIndex)} />
      {props.level === 'full' && <ZoomLine id={props.id} />}
      {props.level !== 'off' && <WindowReadout id={props.id} />}
    </div>
  );
}

export function BottomRight(props: CornerProps) {
  const described = useDescribed(props);
  if (!described) return null;
  const lossy = lossyMark(described.image.record.lossyRatios);
  return (
    <div className="overlay-corner is-bottom-right" data-testid="overlay-bottom-right">
      {props.level !== 'off' && <ProbeReadout id={props.id} />}
      {lossy !== '' && (
        <span className="overlay-lossy" data-testid="lossy">
          {lossy}
        </span>
      )}
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  return lines.map(({ kind, text }) => (
    <span key={`${kind} ${text}`} data-line={kind}>
      {text}
    </span>
  ));
}

/** Device pixels per image pixel, and how the image is turned. */
function ZoomLine({ id }: { readonly id: string }) {
  const camera = useViewport(id, (viewport) => viewport.camera);
  useViewport(id, ({ content }) => content);
  useShown(id, ({ size }) => size);
  const view = viewOf(id);
  if (!view) return null;
  const percent = `${String(Math.round(scaleOf(view) * window.devicePixelRatio * 100))} %`;
  return (
    <span data-line="zoom">
      {t('reading.overlay.zoom', { percent })}
      {camera.rotationDeg !== 0 && ` · ${t('reading.overlay.turned', { degrees: camera.rotationDeg })}`}
      {camera.isMirrored && ` · ${t('reading.overlay.mirrored')}`}
    </span>
  );
}
