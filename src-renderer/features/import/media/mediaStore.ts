/** Removable volumes that are there now, and the offers to import from them. */
import { createStore } from 'zustand/vanilla';
import type { MediumEvent } from '../../../../src-shared/contract';

export interface Medium {
  readonly path: string;
  readonly label: string;
  readonly isOptical: boolean;
  /** There is a DICOMDIR at its top. */
  readonly hasDirectory: boolean;
}

export interface MediaState {
  /** In the order in which they appeared. */
  readonly media: readonly Medium[];
}

export const mediaStore = createStore<MediaState>(() => ({ media: [] }));

/** The media after an event. A medium that is told twice is there once, as told last. */
export function mediaAfter(media: readonly Medium[], event: MediumEvent): readonly Medium[] {
  const others = media.filter(({ path }) => path !== event.path);
  if (event.kind === 'removed') return others;
  const { path, label, isOptical, hasDirectory } = event;
  return [...others, { path, label, isOptical, hasDirectory }];
}

/** Whether it is worth a word: a disc is put in to be read, a stick may hold anything. */
export function isWorthOffering({ isOptical, hasDirectory }: Medium): boolean {
  return isOptical || hasDirectory;
}
