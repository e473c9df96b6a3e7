/** The window: bar, banner, one of two places, a panel at the side, status bar; notices and overlays above. */
import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { ImportAttention, PathPanel } from '../features/import';
import { LibraryScreen, type LibrarySession } from '../features/library';
import { CommandPalette } from '../features/palette';
import { ShortcutSheet } from '../features/shortcuts';
import { ReadOnlyBanner } from '../features/storage';
import { BarSlotProvider, StatusSlotProvider, TooltipProvider } from '../ui';
import { openStudiesStore } from '../viewing/openStudies';
import { placeStore } from '../viewing/place';
import { AppBar } from './AppBar';
import { ConnectionBanner } from './ConnectionBanner';
import { Dock } from './Dock';
import { DropTarget } from './DropTarget';
import { ErrorBoundary } from './ErrorBoundary';
import { Notices } from './Notices';
import { NothingOpen } from './NothingOpen';
import { openImported, openStudyById } from './opening';
import { loadReading } from './reading';
import { StatusBar } from './StatusBar';

const ReadingScreen = lazy(async () => ({ default: (await loadReading()).ReadingScreen }));

export function App({ library }: { readonly library: LibrarySession }) {
  const [barSlot, setBarSlot] = useState<HTMLElement | null>(null);
  const [statusSlot, setStatusSlot] = useState<HTMLElement | null>(null);
  return (
    <TooltipProvider>
      <BarSlotProvider value={barSlot}>
        <StatusSlotProvider value={statusSlot}>
          <div className="app">
            <AppBar slotRef={setBarSlot} />
            <div className="app-strips">
              <ConnectionBanner />
              <ReadOnlyBanner />
              <ImportAttention />
              <PathPanel onImported={openImported} />
            </div>
            <div className="app-main">
              <ErrorBoundary>
                <PlaceOnScreen library={library} />
              </ErrorBoundary>
              <Dock />
            </div>
            <StatusBar slotRef={setStatusSlot} />
            <Notices />
            <CommandPalette />
            <ShortcutSheet />
            <DropTarget onImported={openImported} />
          </div>
        </StatusSlotProvider>
      </BarSlotProvider>
    </TooltipProvider>
  );
}

function PlaceOnScreen({ library }: { readonly library: LibrarySession }) {
  const place = useStore(placeStore, (state) => state.place);
  const isAnythingOpen = useStore(openStudiesStore, ({ studies }) => studies.length > 0);
  if (place === 'library') return <LibraryScreen session={library} onOpenStudy={openStudyById} />;
  if (!isAnythingOpen) return <NothingOpen />;
  return (
    <Suspense fallback={null}>
      <ReadingScreen />
    </Suspense>
  );
}
