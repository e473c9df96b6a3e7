/** Draws slices without a GPU: the same formula as the shader, for machines whose WebGL is missing, software or gone. */
import type { DrawPlan, Raster } from './drawPlan';
import type { Painter } from './painter';
import { paintAnyPlan } from './processorGeneral';
import { paintSeparablePlan } from './processorSeparable';

export function createProcessorPainter(): Painter {
  const buffers = new Map<number, ImageData>();
  return {
    kind: 'processor',
    paint(slot, target, plan, raster) {
      const { width, height } = raster;
      let buffer = buffers.get(slot);
      if (buffer?.width !== width || buffer.height !== height) buffer = new ImageData(width, height);
      buffers.set(slot, buffer);
      paintPlan(buffer.data, plan, raster);
      target.putImageData(buffer, 0, 0);
    },
    release: (slot) => void buffers.delete(slot),
    dispose: () => {
      buffers.clear();
    },
  };
}

/** Fills `rgba` (row by row, top first) as the shader would. */
function paintPlan(rgba: Uint8ClampedArray, plan: DrawPlan, raster: Raster): void {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, raster.width * raster.height);
  const { a, b, c, d } = plan.imageFromDevice;
  const isSeparable = (b === 0 && c === 0) || (a === 0 && d === 0);
  if (isSeparable) paintSeparablePlan(pixels, plan, raster);
  else paintAnyPlan(pixels, plan, raster);
}
