/** A series or one of its stacks on its way from the rail to a viewport. */
import type { DragEvent } from 'react';
import type { StripEntry } from '../../../viewing/openStudies';

const TYPE = 'application/x-isocenter-stack';

export function startEntryDrag(event: DragEvent, { seriesId, stackIndex }: StripEntry): void {
  event.dataTransfer.setData(TYPE, `${String(seriesId)}/${String(stackIndex)}`);
  event.dataTransfer.effectAllowed = 'copy';
}

export function isEntryDrag(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(TYPE);
}

/** `null` when something else was dropped. */
export function droppedEntry(event: DragEvent): StripEntry | null {
  const [seriesId, stackIndex] = event.dataTransfer.getData(TYPE).split('/').map(Number);
  if (seriesId === undefined || stackIndex === undefined) return null;
  return Number.isInteger(seriesId) && Number.isInteger(stackIndex) ? { seriesId, stackIndex } : null;
}
