import { useEffect } from 'react';
import { useStore } from 'zustand';
import { importStore, ReportPanel, showReport } from '../features/import';
import { SettingsPanel, settingsStore, showSettings } from '../features/settings';
import { ErrorBoundary } from './ErrorBoundary';

/** One panel at the side, closed by default: the one asked for last. */
export function Dock() {
  const hasReport = useStore(importStore, (state) => state.shownReport !== null);
  const hasSettings = useStore(settingsStore, (state) => state.isOpen);
  useEffect(() => {
    if (hasReport) showSettings(false);
  }, [hasReport]);
  useEffect(() => {
    if (hasSettings) showReport(null);
  }, [hasSettings]);
  if (!hasReport && !hasSettings) return null;
  return (
    <aside className="app-dock">
      <ErrorBoundary>{hasSettings ? <SettingsPanel /> : <ReportPanel />}</ErrorBoundary>
    </aside>
  );
}
