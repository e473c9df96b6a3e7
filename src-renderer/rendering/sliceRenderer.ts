/**
 * Views and their frames, apart from who paints. A view owns a plain 2D canvas and its state; the painter owns what can
 * be lost (the WebGL context). When it is lost, the next painter draws every view again from that state.
 */
import { AppError } from '../../src-shared/base/appError';
import { present } from '../../src-shared/base/assert';
import type { DecodedFrame } from '../imaging/types';
import { drawPlan, type Raster } from './drawPlan';
import { createGpuPainter } from './gpuPainter';
import type { Painter } from './painter';
import { createProcessorPainter } from './processorPainter';
import type { SliceDisplay, SliceRenderer, SliceView } from './types';

export interface SliceRendererOptions {
  /** Who draws. `auto` (the default): the GPU, unless WebGL is missing or done in software, which is slower than `processor`. */
  readonly painter?: 'auto' | 'gpu' | 'processor';
  /** Called when the GPU cannot be used, at the start or after it was lost; drawing goes on without it. */
  readonly onGpuUnavailable?: (error: AppError) => void;
}

/** A GPU that is lost this often is not asked again. */
const MAX_LOSSES = 3;

interface ViewState {
  readonly slot: number;
  /** Draws if something changed since. */
  draw(): void;
  markDirty(): void;
  dispose(): void;
}

export function createSliceRenderer(options: SliceRendererOptions = {}): SliceRenderer {
  const views = new Set<ViewState>();
  let losses = 0;
  let lastSlot = 0;
  let scheduled = 0;

  const newPainter = (): Painter => {
    if (options.painter === 'processor' || losses >= MAX_LOSSES) return createProcessorPainter();
    try {
      const gpu = createGpuPainter(onLost);
      if (options.painter === 'gpu' || !gpu.isSoftware) return gpu;
      gpu.dispose();
      return createProcessorPainter();
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      options.onGpuUnavailable?.(thrown);
      return createProcessorPainter();
    }
  };

  function onLost(): void {
    losses += 1;
    painter = newPainter();
    for (const view of views) view.markDirty();
  }

  const schedule = (): void => {
    if (scheduled !== 0) return;
    scheduled = requestAnimationFrame(() => {
      scheduled = 0;
      for (const view of views) view.draw();
    });
  };

  let painter = newPainter();

  /** A driver that refuses the shader is no reason to show nothing. */
  const paint: Painter['paint'] = (slot, target, plan, raster) => {
    try {
      painter.paint(slot, target, plan, raster);
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      options.onGpuUnavailable?.(thrown);
      painter.dispose();
      painter = createProcessorPainter();
      painter.paint(slot, target, plan, raster);
    }
  };

  return {
    get kind() {
      return painter.kind;
    },
    createView(container) {
      lastSlot += 1;
      const slot = lastSlot;
      const { view, state } = createSliceView(container, {
        slot,
        paint,
        schedule,
        onDispose: () => {
          views.delete(state);
          painter.release(slot);
        },
      });
      views.add(state);
      return view;
    },
    dispose() {
      if (scheduled !== 0) cancelAnimationFrame(scheduled);
      for (const view of views) view.dispose();
      painter.dispose();
    },
  };
}

interface ViewDependencies {
  readonly slot: number;
  readonly paint: Painter['paint'];
  readonly schedule: () => void;
  readonly onDispose: () => void;
}

function createSliceView(
  container: HTMLElement,
  { slot, paint, schedule, onDispose }: ViewDependencies,
): { view: SliceView; state: ViewState } {
  const canvas = document.createElement('canvas');
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%', display: 'block' });
  container.append(canvas);
  const target = present(canvas.getContext('2d', { alpha: false }), 'a 2D canvas');
  let frame: DecodedFrame | null = null;
  let display: SliceDisplay | null = null;
  let raster: Raster = { width: 0, height: 0, devicePixelRatio: 1 };
  let isDirty = true;
  let shownUid: string | null = null;

  const markDirty = (): void => {
    isDirty = true;
    schedule();
  };

  const draw = (): void => {
    if (!isDirty || raster.width === 0 || raster.height === 0) return;
    isDirty = false;
    if (frame && display) paint(slot, target, drawPlan(frame, display, raster), raster);
    else clear(target, raster);
    shownUid = frame && display ? frame.sopInstanceUid : null;
  };

  const resize = (): void => {
    const ratio = window.devicePixelRatio;
    const width = Math.round(container.clientWidth * ratio);
    const height = Math.round(container.clientHeight * ratio);
    if (width === raster.width && height === raster.height && ratio === raster.devicePixelRatio) return;
    raster = { width, height, devicePixelRatio: ratio };
    canvas.width = width;
    canvas.height = height;
    markDirty();
    draw();
  };

  const dispose = (): void => {
    canvas.remove();
    frame = null;
    onDispose();
  };

  resize();
  const view: SliceView = {
    show(next) {
      if (next === frame) return;
      frame = next;
      markDirty();
    },
    setDisplay(next) {
      display = next;
      markDirty();
    },
    resize,
    drawNow: draw,
    readPixels() {
      draw();
      const { width, height } = raster;
      if (width === 0 || height === 0) return { width, height, rgba: new Uint8ClampedArray(0) };
      return { width, height, rgba: new Uint8ClampedArray(target.getImageData(0, 0, width, height).data) };
    },
    shownSopInstanceUid: () => shownUid,
    dispose,
  };
  return { view, state: { slot, draw, markDirty, dispose } };
}

function clear(target: CanvasRenderingContext2D, { width, height }: Raster): void {
  target.fillStyle = '#000';
  target.fillRect(0, 0, width, height);
}
