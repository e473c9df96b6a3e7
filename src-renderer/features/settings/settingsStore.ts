/** The person's settings, mirrored from the service. Changes show at once and are kept a moment later. */
import { createStore } from 'zustand/vanilla';
import type { Settings } from '../../../src-shared/contract';
import { services } from '../../host';
import { t } from '../../strings';
import { notify } from '../../viewing/notices';

export interface SettingsState {
  readonly settings: Settings;
  readonly isOpen: boolean;
}

/** Until the service has answered; the same as the contract's defaults. */
const UNTIL_READ: Settings = {
  overlayLevel: 'full',
  interpolation: 'linear',
  interfaceBrightness: 1,
  cineFramesPerSecond: 15,
  frameCacheMb: 1024,
  folderPlacement: 'reference',
  mediaPlacement: 'copy',
  asksBeforeCopying: true,
  offersMedia: true,
  libraryQuotaGb: 0,
  trashDays: 30,
};

export const settingsStore = createStore<SettingsState>(() => ({ settings: UNTIL_READ, isOpen: false }));

export function showSettings(isOpen: boolean): void {
  settingsStore.setState({ isOpen });
}

export async function readSettings(): Promise<void> {
  try {
    settingsStore.setState({ settings: await services().settings.read() });
  } catch (error) {
    notify({ tone: 'caution', message: t('settings.readFailed', { reason: reasonOf(error) }) });
  }
}

/** Shown now, kept by nobody: while a slider is dragged. */
export function previewSettings(changed: Partial<Settings>): void {
  settingsStore.setState(({ settings }) => ({ settings: { ...settings, ...changed } }));
}

export async function changeSettings(changed: Partial<Settings>): Promise<void> {
  previewSettings(changed);
  try {
    await services().settings.write(changed);
  } catch (error) {
    notify({ tone: 'caution', message: t('settings.failed', { reason: reasonOf(error) }) });
  }
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
