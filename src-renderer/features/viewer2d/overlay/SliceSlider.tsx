/** Where in the stack, and how much of it is ready: the track is bright where frames are decoded. */
import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { Stack } from '../../../../src-shared/dicom/stack';
import { stop } from '../../../viewing/cine';
import { goToImage } from '../../../viewing/viewport';
import { t } from '../../../strings';
import { imagingSession } from '../session/imaging';
import { useViewport } from '../state';
import { paintLoaded } from './paintLoaded';

export function SliceSlider({ id }: { readonly id: string }) {
  const imageIndex = useViewport(id, (viewport) => viewport.imageIndex);
  const stack = useViewport(id, ({ content }) => content?.stack ?? null);
  const track = useRef<HTMLDivElement>(null);
  const count = stack?.images.length ?? 0;
  if (!stack || count < 2) return null;

  const goTo = (event: PointerEvent): void => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.height === 0) return;
    stop(id);
    goToImage(id, Math.round(((event.clientY - box.top) / box.height) * (count - 1)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
    event.preventDefault();
    event.stopPropagation();
    const by = Math.max(Math.round(count / 10), 1);
    goToImage(id, imageIndex + (event.key === 'PageDown' ? by : -by));
  };
  return (
    <div
      className="slider"
      role="slider"
      tabIndex={0}
      aria-label={t('reading.viewport.slider')}
      aria-orientation="vertical"
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={imageIndex + 1}
      data-testid="slider"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        // The keys stay with the viewport: only who comes by keyboard means the slider.
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        goTo(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) goTo(event);
      }}
    >
      <div ref={track} className="slider-track">
        <LoadedTrack stack={stack} />
        <div className="slider-thumb" style={{ top: `${String((imageIndex / (count - 1)) * 100)}%` }} />
      </div>
    </div>
  );
}

/** Painted at most once per animation frame, outside React. */
function LoadedTrack({ stack }: { readonly stack: Stack }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { frames } = imagingSession();
    let request = 0;
    const paint = (): void => {
      request = 0;
      if (canvas.current) paintLoaded(canvas.current, frames.loadedMask(stack));
    };
    const soon = (): void => {
      if (request === 0) request = requestAnimationFrame(paint);
    };
    const unsubscribe = frames.subscribe(soon);
    const observer = new ResizeObserver(soon);
    if (canvas.current) observer.observe(canvas.current);
    soon();
    return () => {
      unsubscribe();
      observer.disconnect();
      cancelAnimationFrame(request);
    };
  }, [stack]);
  return <canvas ref={canvas} className="slider-loaded" />;
}
