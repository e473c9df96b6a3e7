/** What the person at this machine prefers, mirrored from the settings service by whoever composes the application. */
import { createStore } from 'zustand/vanilla';

export type OverlayLevel = 'full' | 'minimal' | 'off';
export type Interpolation = 'linear' | 'nearest';

export interface Preferences {
  readonly overlayLevel: OverlayLevel;
  readonly interpolation: Interpolation;
  readonly cineFramesPerSecond: number;
}

export const preferenceStore = createStore<Preferences>(() => ({
  overlayLevel: 'full',
  interpolation: 'linear',
  cineFramesPerSecond: 15,
}));

export function setPreferences(changed: Partial<Preferences>): void {
  preferenceStore.setState(changed);
}

const LEVELS: readonly OverlayLevel[] = ['full', 'minimal', 'off'];

/** Full → minimal → off → full. Identity and laterality stay on the image at every level. */
export function cycleOverlayLevel(): void {
  const now = LEVELS.indexOf(preferenceStore.getState().overlayLevel);
  setPreferences({ overlayLevel: LEVELS[(now + 1) % LEVELS.length] ?? 'full' });
}
