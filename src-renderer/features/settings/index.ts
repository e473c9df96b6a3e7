/** The person's settings and the panel that changes them. */
export { SettingsPanel } from './SettingsPanel';
export { changeSettings, readSettings, settingsStore, showSettings } from './settingsStore';
