/**
 * Turns wheel events into whole steps. A notched wheel gives one step per notch, whatever distance the system makes of
 * it; a touchpad or a free-running wheel adds up small distances. A pause or a change of direction drops what is left
 * over, so that a new movement starts fresh.
 */

/** The parts of a `WheelEvent` that matter. */
export interface WheelInput {
  readonly deltaY: number;
  /** `WheelEvent.deltaMode`: 0 pixels, 1 lines, 2 pages. */
  readonly deltaMode: number;
  /** The non-standard `wheelDeltaY` of Chromium: 120 for each notch, upward positive; 0 when unknown. */
  readonly notchUnits: number;
  readonly timeMs: number;
}

export interface WheelState {
  /** Pixels not yet spent on a step. */
  readonly restPx: number;
  readonly timeMs: number;
}

export const WHEEL_AT_REST: WheelState = { restPx: 0, timeMs: Number.NEGATIVE_INFINITY };

const NOTCH_UNITS = 120;
const STEP_PX = 50;
const NOTCH_PX = 100;
const PAUSE_MS = 250;

/** Whole steps, positive toward the end of the stack, and what is carried over. */
export function stepsOfWheel(state: WheelState, input: WheelInput): { steps: number; state: WheelState } {
  const rest: WheelState = { restPx: 0, timeMs: input.timeMs };
  if (input.deltaY === 0) return { steps: 0, state: rest };
  if (input.notchUnits !== 0 && input.notchUnits % NOTCH_UNITS === 0)
    return { steps: -input.notchUnits / NOTCH_UNITS, state: rest };
  if (input.deltaMode !== 0) return { steps: Math.sign(input.deltaY), state: rest };
  if (Math.abs(input.deltaY) >= NOTCH_PX) return { steps: Math.round(input.deltaY / NOTCH_PX), state: rest };
  const isFresh = input.timeMs - state.timeMs > PAUSE_MS || Math.sign(state.restPx) === -Math.sign(input.deltaY);
  const total = (isFresh ? 0 : state.restPx) + input.deltaY;
  const steps = Math.trunc(total / STEP_PX) + 0;
  return { steps, state: { restPx: total - steps * STEP_PX, timeMs: input.timeMs } };
}
