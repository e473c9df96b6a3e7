/**
 * Keeps one picture equal to its viewport's state. It lives outside React: a wheel step goes from the store to here and
 * to the renderer without a component in between.
 *
 * Identity comes first: a frame is shown only when it carries the SOP Instance UID and frame that are wanted now. While
 * the wanted one is on its way the picture is black, never the one before.
 */
import type { AppError, AppErrorCode } from '../../../../src-shared/base/appError';
import { DisposableStore, toDisposable, type Disposable } from '../../../../src-shared/base/disposable';
import type { StackImage } from '../../../../src-shared/dicom/stack';
import type { DecodedFrame, FrameStore } from '../../../imaging/types';
import type { SliceRenderer, SliceView } from '../../../rendering';
import { canvasFromImage } from '../../../viewing/camera';
import { preferenceStore } from '../../../viewing/preferences';
import { screenStore, viewportById, wantedImage, type ViewportState } from '../../../viewing/screen';
import { forgetShown, reportShown, shownIn, viewOf } from '../../../viewing/shown';
import { shownFrames } from './shownFrames';
import { resolveVoi } from './resolveVoi';

export interface ViewportParts {
  readonly id: string;
  /** Positioned, with a size; the renderer's canvas fills it. */
  readonly container: HTMLElement;
  readonly frames: FrameStore;
  readonly renderer: SliceRenderer;
}

export class ViewportController implements Disposable {
  readonly #parts: ViewportParts;
  readonly #view: SliceView;
  readonly #owned = new DisposableStore();
  #lastInterest: unknown = null;

  constructor(parts: ViewportParts) {
    this.#parts = parts;
    this.#view = this.#owned.add(parts.renderer.createView(parts.container));
    this.#watchSize();
    let before = this.#viewport();
    this.#onChange(
      screenStore.subscribe(() => {
        const now = this.#viewport();
        if (now === before) return;
        before = now;
        this.#update();
      }),
    );
    this.#onChange(preferenceStore.subscribe(() => this.#update()));
    this.#onChange(
      parts.frames.subscribe((changed) => {
        const wanted = wantedImage(this.#viewport());
        if (wanted && changed.some((ref) => isSameImage(ref, wanted.ref))) this.#update();
      }),
    );
    this.#update();
  }

  dispose(): void {
    this.#parts.frames.setInterest(this.#parts.id, null);
    shownFrames.delete(this.#parts.id);
    forgetShown(this.#parts.id);
    this.#owned.dispose();
  }

  #viewport(): ViewportState {
    return viewportById(screenStore.getState(), this.#parts.id);
  }

  #onChange(unsubscribe: () => void): void {
    this.#owned.add(toDisposable(unsubscribe));
  }

  #watchSize(): void {
    const { container, id } = this.#parts;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = container;
      const { size } = shownIn(id);
      this.#view.resize();
      if (size.width === width && size.height === height) return;
      reportShown(id, { size: { width, height } });
      this.#update();
    };
    const observer = new ResizeObserver(measure);
    observer.observe(container);
    this.#onChange(() => observer.disconnect());
    measure();
  }

  #update(): void {
    const viewport = this.#viewport();
    this.#declareInterest(viewport);
    const wanted = wantedImage(viewport);
    if (!wanted) {
      this.#clear('empty');
      return;
    }
    const state = this.#parts.frames.state(wanted.ref);
    if (state.status === 'failed') this.#clear('failed', state.error);
    else if (state.status === 'ready' && isOf(state.frame, wanted)) this.#show(state.frame, viewport);
    else this.#clear('loading');
  }

  #declareInterest(viewport: ViewportState): void {
    const { content, imageIndex, direction, id } = viewport;
    const key = content
      ? `${content.stack.id}/${String(content.seriesId)}/${String(imageIndex)}/${String(direction)}`
      : null;
    if (key === this.#lastInterest) return;
    this.#lastInterest = key;
    this.#parts.frames.setInterest(id, content ? { stack: content.stack, imageIndex, direction } : null);
  }

  #clear(status: 'empty' | 'loading' | 'failed', error?: AppError): void {
    const { id } = this.#parts;
    const failure = error?.message ?? '';
    const canRetry = error !== undefined && !FINAL.has(error.code);
    this.#view.show(null);
    shownFrames.delete(id);
    const now = shownIn(id);
    if (now.status === status && now.failure === failure && now.sopInstanceUid === null) return;
    reportShown(id, { status, failure, canRetry, sopInstanceUid: null, window: null });
  }

  #show(frame: DecodedFrame, viewport: ViewportState): void {
    const { id } = this.#parts;
    const seen = viewOf(id);
    if (!seen) return;
    const { voi, window } = resolveVoi(viewport.voi, frame);
    this.#view.setDisplay({
      voi,
      isInverted: viewport.isInverted,
      interpolation: preferenceStore.getState().interpolation,
      canvasFromImage: canvasFromImage(seen),
    });
    this.#view.show(frame);
    shownFrames.set(id, frame);
    reportShown(id, { status: 'ready', failure: '', sopInstanceUid: frame.sopInstanceUid, window });
  }
}

/** Failures that lie in the object or in us, and stay whatever is tried. */
const FINAL: ReadonlySet<AppErrorCode> = new Set<AppErrorCode>([
  'pixels/none',
  'pixels/unsupported-transfer-syntax',
  'pixels/unsupported-format',
  'pixels/no-such-frame',
]);

function isOf(frame: DecodedFrame, wanted: StackImage): boolean {
  return frame.sopInstanceUid === wanted.record.sopInstanceUid && isSameImage(frame.ref, wanted.ref);
}

function isSameImage(a: StackImage['ref'], b: StackImage['ref']): boolean {
  return a.instanceId === b.instanceId && a.frameIndex === b.frameIndex;
}
