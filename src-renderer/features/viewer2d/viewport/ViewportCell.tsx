/** One cell of the grid: a picture, what is written over it, and the hand on it. */
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useStore } from 'zustand';
import { setActive } from '../../../viewing/layout';
import { tools, toolStore } from '../../../viewing/tools';
import { screenStore } from '../../../viewing/screen';
import { classes } from '../../../ui';
import { t } from '../../../strings';
import { droppedEntry, isEntryDrag } from '../strip/entryDrag';
import { imagingSession } from '../session/imaging';
import { attempt } from '../session/attempt';
import { showSeries } from '../session/loading';
import { useShown, useViewport } from '../state';
import { ViewportOverlay } from '../overlay/ViewportOverlay';
import { listenToHand } from './pointer';
import { ViewportController } from './viewportController';
import './viewport.css';

export function ViewportCell({ id, number }: { readonly id: string; readonly number: number }) {
  const picture = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const container = picture.current;
    if (!container) return undefined;
    const controller = new ViewportController({ id, container, ...imagingSession() });
    const hand = listenToHand(id, container);
    return () => {
      hand.dispose();
      controller.dispose();
    };
  }, [id]);

  const isActive = useStore(screenStore, (state) => state.viewports[state.activeIndex]?.id === id);
  const isEmpty = useViewport(id, ({ content }) => content === null);
  const imageIndex = useViewport(id, (viewport) => viewport.imageIndex);
  const count = useViewport(id, ({ content }) => content?.stack.images.length ?? 0);
  const status = useShown(id, (shown) => shown.status);
  const sopInstanceUid = useShown(id, (shown) => shown.sopInstanceUid);
  const cursor = useStore(toolStore, ({ active }) => tools[active].cursor);
  const drop = useDrop(id);
  return (
    <section
      className={classes('viewport', isActive && 'is-active', drop.isOver && 'is-drop-target')}
      aria-label={t('reading.viewport.label', { number })}
      data-testid={id}
      data-active={isActive}
      data-status={status}
      data-image-index={imageIndex}
      data-image-count={count}
      data-sop-instance-uid={sopInstanceUid ?? ''}
      onFocus={() => setActive(id)}
      {...drop.handlers}
    >
      <div ref={picture} className="viewport-picture" style={{ cursor: isEmpty ? 'default' : cursor }} />
      {isEmpty ? <EmptyViewport /> : <ViewportOverlay id={id} />}
    </section>
  );
}

function EmptyViewport() {
  return (
    <div className="viewport-empty">
      <strong>{t('reading.viewport.emptyTitle')}</strong>
      <span>{t('reading.viewport.emptyHint')}</span>
    </div>
  );
}

/** Series dragged from the rail. */
function useDrop(id: string) {
  const [isOver, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!isEntryDrag(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      const entry = droppedEntry(event);
      if (!entry) return;
      event.preventDefault();
      event.stopPropagation();
      attempt(showSeries(entry, id));
    },
  };
  return { isOver, handlers };
}
