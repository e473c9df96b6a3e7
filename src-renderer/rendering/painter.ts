/** Whoever turns a plan into pixels: the GPU or the processor. */
import type { Disposable } from '../../src-shared/base/disposable';
import type { DrawPlan, Raster } from './drawPlan';

export interface Painter extends Disposable {
  readonly kind: 'gpu' | 'processor';
  /** Draws into `target`, whose canvas is as large as the raster. `slot` tells views apart, so that each keeps its texture. */
  paint(slot: number, target: CanvasRenderingContext2D, plan: DrawPlan, raster: Raster): void;
  /** Forgets what was kept for a slot. */
  release(slot: number): void;
}
