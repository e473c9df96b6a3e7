/**
 * Where an image lies in its viewport. One exact affine map between image and canvas serves everyone: the renderer
 * sets its camera from it, overlays and tools measure with it. Quarter turns and mirrors only, so no pixel is blended
 * by turning.
 *
 * The camera is independent of the viewport's size: a resized viewport shows the same anatomy at its centre, at the
 * same size relative to the fitted image.
 */
import type { PixelSpacing } from '../../src-shared/dicom/records';
import {
  canvasPoint,
  compose,
  imagePoint,
  invert,
  mapXY,
  type Affine,
  type CanvasPoint,
  type CanvasSize,
  type ImagePoint,
} from './spaces';

export type QuarterTurn = 0 | 90 | 180 | 270;

export interface Camera {
  /** Relative to the image fitted into the viewport: 1 is fit. */
  readonly zoom: number;
  /** The image point at the viewport's centre, as an offset from the image's centre in columns (x) and rows (y). */
  readonly focus: ImagePoint;
  /** Clockwise, degrees; applied after the mirror. */
  readonly rotationDeg: QuarterTurn;
  /** Columns reversed, before the rotation. */
  readonly isMirrored: boolean;
}

export const FITTED: Camera = { zoom: 1, focus: imagePoint(0, 0), rotationDeg: 0, isMirrored: false };

export const MIN_ZOOM = 0.1;
export const MAX_ZOOM = 64;

/** What of an image matters to its camera. */
export interface ImageFrame {
  readonly columns: number;
  readonly rows: number;
  /** Height of a pixel divided by its width; 1 when nothing is known. */
  readonly pixelAspect: number;
}

/** An image in a viewport, seen through a camera. */
export interface ImageView {
  readonly image: ImageFrame;
  readonly viewport: CanvasSize;
  readonly camera: Camera;
}

/**
 * Height over width of a pixel. Only spacing known with a meaning counts; without it pixels are square.
 * Source: PS3.3 10.7.1.3, C.7.6.3.1.7.
 */
export function pixelAspectOf(spacing: PixelSpacing | null): number {
  if (!spacing) return 1;
  const aspect = spacing.rowMm / spacing.columnMm;
  return Number.isFinite(aspect) && aspect > 0 ? aspect : 1;
}

/** CSS pixels per column when the whole image just fits. An empty viewport counts as one pixel large. */
export function fitScale({ image, viewport, camera }: ImageView): number {
  const isTurned = camera.rotationDeg === 90 || camera.rotationDeg === 270;
  const width = image.columns;
  const height = image.rows * image.pixelAspect;
  const [shownWidth, shownHeight] = isTurned ? [height, width] : [width, height];
  return Math.min(Math.max(viewport.width, 1) / shownWidth, Math.max(viewport.height, 1) / shownHeight);
}

/** CSS pixels per column. */
export function scaleOf(view: ImageView): number {
  return fitScale(view) * view.camera.zoom;
}

/** Turn and mirror alone, as a map of directions: image axes (in square units) to canvas axes; entries are 0, 1 or -1. */
export function turn(camera: Camera): Affine {
  const quarter = camera.rotationDeg / 90;
  const cos = [1, 0, -1, 0][quarter] ?? 1;
  const sin = [0, 1, 0, -1][quarter] ?? 0;
  const mirror = camera.isMirrored ? -1 : 1;
  return { a: cos * mirror, b: sin * mirror, c: -sin, d: cos, e: 0, f: 0 };
}

/** From continuous column and row to CSS pixels. */
export function canvasFromImage(view: ImageView): Affine {
  const { image, viewport, camera } = view;
  const scale = scaleOf(view);
  const linear = compose(turn(camera), { a: scale, b: 0, c: 0, d: scale * image.pixelAspect, e: 0, f: 0 });
  const atCentre = mapXY(linear, focusPoint(view));
  return { ...linear, e: viewport.width / 2 - atCentre.x, f: viewport.height / 2 - atCentre.y };
}

/** From CSS pixels to continuous column and row. */
export function imageFromCanvas(view: ImageView): Affine {
  return invert(canvasFromImage(view));
}

export function toCanvas(view: ImageView, point: ImagePoint): CanvasPoint {
  const { x, y } = mapXY(canvasFromImage(view), point);
  return canvasPoint(x, y);
}

export function toImage(view: ImageView, point: CanvasPoint): ImagePoint {
  const { x, y } = mapXY(imageFromCanvas(view), point);
  return imagePoint(x, y);
}

/** The image point now at the viewport's centre. */
function focusPoint({ image, camera }: ImageView): ImagePoint {
  return imagePoint((image.columns - 1) / 2 + camera.focus.x, (image.rows - 1) / 2 + camera.focus.y);
}

/** Zooms by `factor`, keeping the image point under `anchor` where it is. */
export function zoomAt(view: ImageView, anchor: CanvasPoint, factor: number): Camera {
  const held = toImage(view, anchor);
  const zoom = Math.min(Math.max(view.camera.zoom * factor, MIN_ZOOM), MAX_ZOOM);
  return holding({ ...view, camera: { ...view.camera, zoom } }, held, anchor);
}

/** Moves the image by a distance in CSS pixels; at least its edge stays at the viewport's centre. */
export function panBy(view: ImageView, by: CanvasPoint): Camera {
  const centre = canvasPoint(view.viewport.width / 2 - by.x, view.viewport.height / 2 - by.y);
  const target = toImage(view, centre);
  return withFocus(view, target);
}

/** Whole image visible and centred; turns and mirrors stay. */
export function fit(camera: Camera): Camera {
  return { ...camera, zoom: 1, focus: imagePoint(0, 0) };
}

/** One column is one device pixel; the viewport's centre stays. `devicePixelRatio` is device pixels per CSS pixel. */
export function oneToOne(view: ImageView, devicePixelRatio: number): Camera {
  return { ...view.camera, zoom: 1 / (devicePixelRatio * fitScale(view)) };
}

/** Turns what is seen clockwise by quarter turns about the viewport's centre. */
export function rotateBy(camera: Camera, byDeg: QuarterTurn): Camera {
  return { ...camera, rotationDeg: quarterTurn(camera.rotationDeg + byDeg) };
}

/** Mirrors what is seen, left to right or top to bottom, about the viewport's centre. */
export function flip(camera: Camera, axis: 'horizontal' | 'vertical'): Camera {
  const turned = axis === 'horizontal' ? -camera.rotationDeg : 180 - camera.rotationDeg;
  return { ...camera, rotationDeg: quarterTurn(turned), isMirrored: !camera.isMirrored };
}

/** The camera that shows image point `held` at canvas point `anchor`. */
function holding(view: ImageView, held: ImagePoint, anchor: CanvasPoint): Camera {
  const at = toCanvas(view, held);
  const centre = canvasPoint(view.viewport.width / 2 - (anchor.x - at.x), view.viewport.height / 2 - (anchor.y - at.y));
  return withFocus(view, toImage(view, centre));
}

function withFocus({ image, camera }: ImageView, target: ImagePoint): Camera {
  const x = clamp(target.x - (image.columns - 1) / 2, image.columns / 2);
  const y = clamp(target.y - (image.rows - 1) / 2, image.rows / 2);
  return { ...camera, focus: imagePoint(x, y) };
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, -limit), limit);
}

function quarterTurn(degrees: number): QuarterTurn {
  const turned = ((degrees % 360) + 360) % 360;
  return turned === 90 || turned === 180 || turned === 270 ? turned : 0;
}
