import { useEffect, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { ChoicePanel, importStore, isAskingChoice, ReportPanel, showReport } from '../features/import';
import { DetailsPanel, libraryViewStore, showDetails } from '../features/library';
import { changeSettings, SettingsPanel, settingsStore, showSettings } from '../features/settings';
import { showStorage, StoragePanel, storageStore } from '../features/storage';
import { classes } from '../ui';
import { placeStore } from '../viewing/place';
import { ErrorBoundary } from './ErrorBoundary';

type Docked = 'choice' | 'report' | 'settings' | 'storage' | 'details';

/** One panel at the side, closed by default: the one asked for last. An import that waits for a choice comes first. */
export function Dock() {
  const panel = usePanel();
  if (panel === null) return null;
  const isWide = panel === 'choice' || panel === 'report';
  return (
    <aside className={classes('app-dock', isWide && 'is-wide')}>
      <ErrorBoundary key={panel}>{PANELS[panel]}</ErrorBoundary>
    </aside>
  );
}

const PANELS: Readonly<Record<Docked, ReactNode>> = {
  choice: <ChoicePanel />,
  report: <ReportPanel />,
  settings: <SettingsPanel />,
  storage: <Storage />,
  details: <DetailsPanel />,
};

function Storage() {
  const quotaGb = useStore(settingsStore, ({ settings }) => settings.libraryQuotaGb);
  return <StoragePanel quotaGb={quotaGb} onQuota={(libraryQuotaGb) => changeSettings({ libraryQuotaGb })} />;
}

function usePanel(): Docked | null {
  const isChoosing = useStore(importStore, isAskingChoice);
  const hasReport = useStore(importStore, (state) => state.shownReport !== null);
  const hasSettings = useStore(settingsStore, (state) => state.isOpen);
  const hasStorage = useStore(storageStore, (state) => state.isOpen);
  const hasDetails = useHasDetails();
  useEffect(() => {
    if (hasReport) closeOthers('report');
  }, [hasReport]);
  useEffect(() => {
    if (hasSettings) closeOthers('settings');
  }, [hasSettings]);
  useEffect(() => {
    if (hasStorage) closeOthers('storage');
  }, [hasStorage]);
  useEffect(() => {
    if (hasDetails) closeOthers('details');
  }, [hasDetails]);
  if (isChoosing) return 'choice';
  if (hasSettings) return 'settings';
  if (hasStorage) return 'storage';
  if (hasReport) return 'report';
  return hasDetails ? 'details' : null;
}

/** Details are of the library's selection: elsewhere they wait. */
function useHasDetails(): boolean {
  const isHere = useStore(placeStore, ({ place }) => place === 'library');
  const isOpen = useStore(libraryViewStore, (view) => view.isDetailsOpen);
  return isHere && isOpen;
}

function closeOthers(panel: Exclude<Docked, 'choice'>): void {
  if (panel !== 'report') showReport(null);
  if (panel !== 'settings') showSettings(false);
  if (panel !== 'storage') showStorage(false);
  if (panel !== 'details') showDetails(false);
}
