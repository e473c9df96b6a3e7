/** Keeps settings (kept on disk), preferences (what the screen uses) and the look of the window the same. */
import type { Settings } from '../../src-shared/contract';
import { changeSettings, readSettings, settingsStore } from '../features/settings';
import { preferenceStore, setPreferences, type Preferences } from '../viewing/preferences';
import { loadReading } from './reading';

/** `media`: whoever offers media that appear, once the settings are known. */
export function followSettings(media: { setOffers(isWished: boolean): void }): void {
  settingsStore.subscribe(({ settings }, before) => {
    if (settings === before.settings) return;
    applySettings(settings);
    media.setOffers(settings.offersMedia);
  });
  void readSettings().then(() => {
    // From here on what a key or tool changes is kept.
    preferenceStore.subscribe((preferences) => {
      const changed = changedPreferences(preferences, settingsStore.getState().settings);
      if (Object.keys(changed).length > 0) void changeSettings(changed);
    });
  });
}

function applySettings(settings: Settings): void {
  document.documentElement.style.setProperty('--level', String(settings.interfaceBrightness));
  const { overlayLevel, interpolation, cineFramesPerSecond } = settings;
  if (Object.keys(changedPreferences(preferenceStore.getState(), settings)).length > 0) {
    setPreferences({ overlayLevel, interpolation, cineFramesPerSecond });
  }
  void loadReading().then(({ setFrameBudget }) => setFrameBudget(settings.frameCacheMb));
}

/** The preferences that differ from the settings. */
export function changedPreferences(preferences: Preferences, settings: Settings): Partial<Settings> {
  return {
    ...(preferences.overlayLevel !== settings.overlayLevel && { overlayLevel: preferences.overlayLevel }),
    ...(preferences.interpolation !== settings.interpolation && { interpolation: preferences.interpolation }),
    ...(preferences.cineFramesPerSecond !== settings.cineFramesPerSecond && {
      cineFramesPerSecond: preferences.cineFramesPerSecond,
    }),
  };
}
