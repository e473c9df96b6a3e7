import type { Command } from '../../../viewing/commands';
import { redo, undo, historyStore } from '../../../viewing/history';
import { preferenceStore, setPreferences } from '../../../viewing/preferences';
import { stop } from '../../../viewing/cine';
import {
  fitImage,
  flip,
  goToImage,
  resetViewport,
  rotate,
  scrollBy,
  showOneToOne,
  zoomBy,
} from '../../../viewing/viewport';
import { showNeighbour } from '../session/loading';
import { onActive, onProjection } from './onActive';

const VIEW = 'reading.group.view';
const SERIES = 'reading.group.series';
const ZOOM_STEP = 1.25;

export function viewCommands(): readonly Command[] {
  return [...scrolling(), ...seriesWalk(), ...zooming(), ...turning(), ...undoing()];
}

function scrolling(): readonly Command[] {
  const group = SERIES;
  const still = (act: (id: string) => void) => (id: string) => {
    stop(id);
    act(id);
  };
  const by = (steps: number) => still((id) => scrollBy(id, steps));
  const to = (index: number) => still((id) => goToImage(id, index));
  return [
    onActive({
      id: 'viewer.previousImage',
      title: 'reading.command.previousImage',
      group,
      keys: ['ArrowUp', 'ArrowLeft'],
      run: by(-1),
    }),
    onActive({
      id: 'viewer.nextImage',
      title: 'reading.command.nextImage',
      group,
      keys: ['ArrowDown', 'ArrowRight'],
      run: by(1),
    }),
    onActive({ id: 'viewer.firstImage', title: 'reading.command.firstImage', group, keys: ['Home'], run: to(0) }),
    onActive({
      id: 'viewer.lastImage',
      title: 'reading.command.lastImage',
      group,
      keys: ['End'],
      run: to(Number.MAX_SAFE_INTEGER),
    }),
  ];
}

function seriesWalk(): readonly Command[] {
  return [
    {
      id: 'viewer.previousSeries',
      titleKey: 'reading.command.previousSeries',
      groupKey: SERIES,
      keys: ['PageUp'],
      run: () => showNeighbour(-1),
    },
    {
      id: 'viewer.nextSeries',
      titleKey: 'reading.command.nextSeries',
      groupKey: SERIES,
      keys: ['PageDown'],
      run: () => showNeighbour(1),
    },
  ];
}

function zooming(): readonly Command[] {
  const group = VIEW;
  return [
    onActive({
      id: 'viewer.zoomIn',
      title: 'reading.command.zoomIn',
      group,
      keys: ['='],
      run: (id) => zoomBy(id, ZOOM_STEP),
    }),
    onActive({
      id: 'viewer.zoomOut',
      title: 'reading.command.zoomOut',
      group,
      keys: ['-'],
      run: (id) => zoomBy(id, 1 / ZOOM_STEP),
    }),
    onActive({ id: 'viewer.fit', title: 'reading.command.fit', group, keys: ['f'], run: fitImage }),
    onActive({
      id: 'viewer.oneToOne',
      title: 'reading.command.oneToOne',
      group,
      keys: ['Shift+F'],
      run: (id) => showOneToOne(id, window.devicePixelRatio),
    }),
    onActive({ id: 'viewer.reset', title: 'reading.command.reset', group, keys: ['Escape'], run: resetViewport }),
    {
      id: 'viewer.interpolation',
      titleKey: 'reading.command.interpolation',
      groupKey: group,
      keys: ['Shift+P'],
      run: () =>
        setPreferences({ interpolation: preferenceStore.getState().interpolation === 'linear' ? 'nearest' : 'linear' }),
      isActive: () => preferenceStore.getState().interpolation === 'linear',
    },
  ];
}

function turning(): readonly Command[] {
  const group = VIEW;
  return [
    onProjection({
      id: 'viewer.rotateRight',
      title: 'reading.command.rotateRight',
      group,
      keys: ['r'],
      run: (id) => rotate(id, 90),
    }),
    onProjection({
      id: 'viewer.rotateLeft',
      title: 'reading.command.rotateLeft',
      group,
      keys: ['Shift+R'],
      run: (id) => rotate(id, 270),
    }),
    onProjection({
      id: 'viewer.flipHorizontal',
      title: 'reading.command.flipHorizontal',
      group,
      keys: ['h'],
      run: (id) => flip(id, 'horizontal'),
    }),
    onProjection({
      id: 'viewer.flipVertical',
      title: 'reading.command.flipVertical',
      group,
      keys: ['Shift+H'],
      run: (id) => flip(id, 'vertical'),
    }),
  ];
}

function undoing(): readonly Command[] {
  return [
    {
      id: 'viewer.undo',
      titleKey: 'reading.command.undo',
      groupKey: VIEW,
      keys: ['$mod+z'],
      run: undo,
      isEnabled: () => historyStore.getState().past.length > 0,
    },
    {
      id: 'viewer.redo',
      titleKey: 'reading.command.redo',
      groupKey: VIEW,
      keys: ['$mod+Shift+z'],
      run: redo,
      isEnabled: () => historyStore.getState().future.length > 0,
    },
  ];
}
