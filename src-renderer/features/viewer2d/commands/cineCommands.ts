import { cineStore, isPlaying, play, rateOfData, stop } from '../../../viewing/cine';
import type { Command } from '../../../viewing/commands';
import { preferenceStore } from '../../../viewing/preferences';
import { screenStore, viewportById } from '../../../viewing/screen';
import { onActive } from './onActive';

const GROUP = 'reading.group.cine';
const FASTER = 1.25;

export function cineCommands(): readonly Command[] {
  return [
    onActive({
      id: 'cine.toggle',
      title: 'reading.command.cineToggle',
      group: GROUP,
      keys: ['c'],
      run: toggle,
      isActive: isPlaying,
    }),
    onActive({
      id: 'cine.faster',
      title: 'reading.command.cineFaster',
      group: GROUP,
      keys: ['.'],
      run: (id) => change(id, FASTER),
    }),
    onActive({
      id: 'cine.slower',
      title: 'reading.command.cineSlower',
      group: GROUP,
      keys: [','],
      run: (id) => change(id, 1 / FASTER),
    }),
  ];
}

/** Rate of a viewport: as it plays, else as the data ask for, else as the person prefers. Frames a second. */
export function rateFor(viewportId: string): number {
  const { content } = viewportById(screenStore.getState(), viewportId);
  return (
    cineStore.getState().playing.get(viewportId) ??
    rateOfData(content?.stack.images[0]) ??
    preferenceStore.getState().cineFramesPerSecond
  );
}

function toggle(viewportId: string): void {
  if (isPlaying(viewportId)) stop(viewportId);
  else play(viewportId, rateFor(viewportId));
}

function change(viewportId: string, factor: number): void {
  play(viewportId, Math.round(rateFor(viewportId) * factor));
}
