/** From a stored or modality value to light: the formulas of the VOI functions. */
import type { VoiFunction } from '../../src-shared/dicom/records';

/**
 * Light in 0 to 1 from a sample: with `t = (sample - pivot) · scale`, a `ramp` is `t + offset` cut to 0…1, a `step` is 1
 * where `t > 0`, a `sigmoid` is `1 / (1 + exp(-4 t))`.
 */
export interface Curve {
  readonly kind: 'ramp' | 'step' | 'sigmoid';
  readonly pivot: number;
  readonly scale: number;
  readonly offset: number;
}

/** Samples that already are light, 0 to 255. */
export const IDENTITY_8_BIT: Curve = { kind: 'ramp', pivot: 0, scale: 1 / 255, offset: 0 };

/**
 * The window of PS3.3 C.11.2.1.2 and C.11.2.1.3, taken back through the rescale to stored values. LINEAR runs from
 * `center - 0.5 - (width - 1) / 2` to `center - 0.5 + (width - 1) / 2`; with a width of 1 it is a step.
 */
export function windowCurve(
  window: { readonly center: number; readonly width: number; readonly fn: VoiFunction },
  rescale: { readonly slope: number; readonly intercept: number },
): Curve {
  const isLinear = window.fn === 'LINEAR';
  const center = isLinear ? window.center - 0.5 : window.center;
  const width = isLinear ? window.width - 1 : window.width;
  const kind = width <= 0 ? 'step' : window.fn === 'SIGMOID' ? 'sigmoid' : 'ramp';
  const perUnit = width <= 0 ? 1 : 1 / width;
  if (rescale.slope === 0) return constantCurve(kind, (rescale.intercept - center) * perUnit);
  return {
    kind,
    pivot: (center - rescale.intercept) / rescale.slope,
    scale: rescale.slope * perUnit,
    offset: 0.5,
  };
}

/** Every sample has the same modality value, and so the same light. */
function constantCurve(kind: Curve['kind'], t: number): Curve {
  const light = lightOf({ kind, pivot: 0, scale: 1, offset: 0.5 }, t);
  return { kind: 'ramp', pivot: 0, scale: 0, offset: light };
}

/** The formula of `Curve`, 0 to 1. */
export function lightOf(curve: Curve, sample: number): number {
  const t = (sample - curve.pivot) * curve.scale;
  switch (curve.kind) {
    case 'ramp':
      return Math.min(1, Math.max(0, t + curve.offset));
    case 'step':
      return t > 0 ? 1 : 0;
    case 'sigmoid':
      return 1 / (1 + Math.exp(-4 * t));
  }
}
