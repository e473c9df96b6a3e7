/** Which viewports play, and how fast. Time itself is kept by whoever draws; here is only what should happen. */
import { createStore } from 'zustand/vanilla';
import type { StackImage } from '../../src-shared/dicom/stack';

export interface CineState {
  /** Rate by viewport id, for those that play now. */
  readonly playing: ReadonlyMap<string, number>;
}

export const cineStore = createStore<CineState>(() => ({ playing: new Map() }));

export const MIN_RATE = 1;
export const MAX_RATE = 60;

export function play(viewportId: string, framesPerSecond: number): void {
  const rate = Math.min(Math.max(framesPerSecond, MIN_RATE), MAX_RATE);
  cineStore.setState(({ playing }) => ({ playing: new Map(playing).set(viewportId, rate) }));
}

export function stop(viewportId: string): void {
  cineStore.setState(({ playing }) => {
    if (!playing.has(viewportId)) return { playing };
    const rest = new Map(playing);
    rest.delete(viewportId);
    return { playing: rest };
  });
}

export function stopAllCine(): void {
  if (cineStore.getState().playing.size > 0) cineStore.setState({ playing: new Map() });
}

export const isPlaying = (viewportId: string): boolean => cineStore.getState().playing.has(viewportId);

/**
 * The rate the data ask for, frames a second; `null` when they say nothing.
 * Source: PS3.3 C.7.6.5.1.1; (0008,2144) Recommended Display Frame Rate before (0018,1063) Frame Time, milliseconds.
 */
export function rateOfData(image: StackImage | undefined): number | null {
  const recommended = image?.record.recommendedFramesPerSecond ?? 0;
  if (recommended > 0) return recommended;
  const frameTimeMs = image?.record.frameTimeMs ?? 0;
  return frameTimeMs > 0 ? 1000 / frameTimeMs : null;
}

/** How far one player has come. `null` until its first tick. */
export interface CineClock {
  readonly lastStepMs: number | null;
}

/**
 * Whether the next image is due, and the clock after it. Every image is shown in its turn: a late tick makes the film
 * slower, never shorter, and after a long pause it goes on with one image, not with a burst.
 */
export function tickCine(
  clock: CineClock,
  nowMs: number,
  framesPerSecond: number,
): { isDue: boolean; clock: CineClock } {
  const intervalMs = 1000 / framesPerSecond;
  if (clock.lastStepMs === null) return { isDue: false, clock: { lastStepMs: nowMs } };
  // Half a display frame of tolerance, so that 30 a second on a 60 Hz display does not fall to 20.
  if (nowMs - clock.lastStepMs < intervalMs - 8) return { isDue: false, clock };
  const isLate = nowMs - clock.lastStepMs > 2 * intervalMs;
  return { isDue: true, clock: { lastStepMs: isLate ? nowMs : clock.lastStepMs + intervalMs } };
}
