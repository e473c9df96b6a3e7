/** Keeps time for the viewports that play: one animation frame loop while anything plays, none otherwise. */
import type { FrameStore } from '../../../imaging/types';
import { cineStore, stop, tickCine, type CineClock } from '../../../viewing/cine';
import { screenStore, viewportById } from '../../../viewing/screen';
import { stepAround } from '../../../viewing/viewport';

/** Starts the driver; the returned function stops it. */
export function driveCine(frames: FrameStore): () => void {
  const clocks = new Map<string, CineClock>();
  let request = 0;
  const tick = (nowMs: number): void => {
    const { playing } = cineStore.getState();
    for (const [id, rate] of playing) advance(id, rate, nowMs);
    request = cineStore.getState().playing.size > 0 ? requestAnimationFrame(tick) : 0;
  };
  const advance = (id: string, rate: number, nowMs: number): void => {
    const next = tickCine(clocks.get(id) ?? { lastStepMs: null }, nowMs, rate);
    if (next.isDue && !isNextKnown(frames, id)) return;
    clocks.set(id, next.clock);
    if (next.isDue) stepAround(id);
  };
  const unsubscribe = cineStore.subscribe(({ playing }) => {
    for (const id of clocks.keys()) if (!playing.has(id)) clocks.delete(id);
    if (playing.size > 0 && request === 0) request = requestAnimationFrame(tick);
  });
  return () => {
    unsubscribe();
    cancelAnimationFrame(request);
  };
}

/** The film waits for a frame that is on its way; one that failed is shown as failed in its turn. */
function isNextKnown(frames: FrameStore, id: string): boolean {
  const viewport = viewportById(screenStore.getState(), id);
  const images = viewport.content?.stack.images ?? [];
  const next = images[(viewport.imageIndex + 1) % Math.max(images.length, 1)];
  if (!next || images.length < 2) {
    stop(id);
    return false;
  }
  const { status } = frames.state(next.ref);
  return status === 'ready' || status === 'failed';
}
