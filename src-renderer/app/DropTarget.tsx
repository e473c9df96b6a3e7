import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ImportReport } from '../../src-shared/contract';
import { importPaths } from '../features/import';
import { pathsOfDrop } from '../host';
import { t } from '../strings';
import { libraryModeStore } from '../viewing/libraryMode';
import { notify } from '../viewing/notices';
import { reasonOf } from './unexpected';

/** The whole window takes files and folders; drags that start inside the window are left to their own targets. */
export function DropTarget({ onImported }: { readonly onImported: (report: ImportReport | null) => void }) {
  const isOver = useFileDrag((transfer) => {
    void openDrop(transfer).then(onImported);
  });
  if (!isOver) return null;
  return (
    <div className="app-drop">
      <div>
        <Download size={28} strokeWidth={1.25} />
        <h2>{t('app.drop.title')}</h2>
        <p>{t('app.drop.hint')}</p>
      </div>
    </div>
  );
}

async function openDrop(transfer: DataTransfer): Promise<ImportReport | null> {
  try {
    const { mode } = libraryModeStore.getState();
    if (mode.mode === 'read-only') {
      notify({ tone: 'caution', message: t('storage.readOnly.banner', { reason: mode.reason }) });
      return null;
    }
    const paths = await pathsOfDrop(transfer);
    if (paths.length > 0) return await importPaths(paths);
    notify({ tone: 'caution', message: t('app.drop.nothing') });
  } catch (error) {
    notify({ tone: 'caution', message: t('app.drop.failed', { reason: reasonOf(error) }) });
  }
  return null;
}

/** Whether files hover over the window; `onDrop` gets them when they are let go. */
function useFileDrag(onDrop: (transfer: DataTransfer) => void): boolean {
  const [isOver, setOver] = useState(false);
  const handler = useRef(onDrop);
  useEffect(() => {
    handler.current = onDrop;
  }, [onDrop]);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    // Leaving a child is entering its neighbour; only leaving the window has no related target.
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDropped = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      handler.current(event.dataTransfer);
    };
    const stop = new AbortController();
    window.addEventListener('dragover', onDragOver, { signal: stop.signal });
    window.addEventListener('dragleave', onDragLeave, { signal: stop.signal });
    window.addEventListener('drop', onDropped, { signal: stop.signal });
    return () => stop.abort();
  }, []);
  return isOver;
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
