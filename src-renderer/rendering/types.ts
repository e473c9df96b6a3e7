/** The door of rendering: views that draw a decoded frame into an element. What draws (GPU or processor) stays behind it. */
import type { Disposable } from '../../src-shared/base/disposable';
import type { GreyVoi } from '../../src-shared/dicom/grey';
import type { DecodedFrame } from '../imaging/types';
import type { Affine } from '../viewing/spaces';

/** What turns modality values into light. */
export type SliceVoi = GreyVoi;

/** How one view shows its frame; replaced as a whole. */
export interface SliceDisplay {
  /** Ignored for colour. The modality transform and MONOCHROME1 are taken from the frame. */
  readonly voi: SliceVoi;
  /** The person's own inversion, on top of what the object asks for. Padding stays black. */
  readonly isInverted: boolean;
  readonly interpolation: 'linear' | 'nearest';
  /**
   * From (column, row), where (0, 0) is the CENTRE of the first pixel, to CSS pixels from the top left corner of the
   * view's container, y down. Non-square pixels, zoom, pan, rotation and flips are all in it.
   */
  readonly canvasFromImage: Affine;
}

/** What is on screen in device pixels: top row first, RGBA, 8 bits. */
export interface PixelReadback {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** One picture in one element. Setting anything requests a redraw; the next animation frame draws all changed views. */
export interface SliceView extends Disposable {
  /** `null` clears to the background. Without a display set, the view stays black. */
  show(frame: DecodedFrame | null): void;
  setDisplay(display: SliceDisplay): void;
  /** Call when the container's size or the device pixel ratio changed; nothing happens when neither did. */
  resize(): void;
  /** Draws at once if a redraw is due, instead of with the next animation frame. */
  drawNow(): void;
  /** Draws at once if a redraw is due, and returns what is shown: for export, pictures and tests. */
  readPixels(): PixelReadback;
  /** Identity of the frame that the last drawn picture shows; `null` when it shows none. */
  shownSopInstanceUid(): string | null;
}

/** Owns what all views share (one WebGL context). Disposing it disposes its views. */
export interface SliceRenderer extends Disposable {
  /** `gpu`: WebGL 2. `processor`: the same pictures drawn without it, slower. */
  readonly kind: 'gpu' | 'processor';
  /** Adds a canvas that fills `container`, which must be positioned and have a size. */
  createView(container: HTMLElement): SliceView;
}
