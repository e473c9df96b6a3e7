import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { ShellInfo } from '../../src-shared/contract';
import { importStore, ImportStatus } from '../features/import';
import { shell } from '../host';
import { t } from '../strings';
import { Kbd } from '../ui';
import { runCommand } from '../viewing/commands';
import { placeStore } from '../viewing/place';

/** What goes on, in one quiet line: openings, what the place on screen has to say, the host, two keys to know. */
export function StatusBar({ slotRef }: { readonly slotRef: (element: HTMLElement | null) => void }) {
  const isImporting = useStore(importStore, ({ running }) => running !== null);
  const place = useStore(placeStore, (state) => state.place);
  return (
    <footer className="app-status" aria-label={t('app.status.label')}>
      {isImporting && <ImportStatus />}
      {!isImporting && place === 'library' && <span className="app-status-ready">{t('app.status.ready')}</span>}
      <div className="app-status-slot" ref={slotRef} />
      <HostInfo />
      <button type="button" className="app-status-hint" onClick={() => runCommand('app.palette')}>
        <Kbd keys="$mod+k" />
        {t('app.status.palette')}
      </button>
      <button type="button" className="app-status-hint" onClick={() => runCommand('app.shortcuts')}>
        <Kbd keys="?" />
        {t('app.status.shortcuts')}
      </button>
    </footer>
  );
}

function HostInfo() {
  const [info, setInfo] = useState<ShellInfo | null>(null);
  useEffect(() => {
    shell()
      .info()
      .then(setInfo, () => undefined);
  }, []);
  if (!info) return null;
  return (
    <span>
      {t('app.status.version', { version: info.version })} · {t(`app.status.host.${info.host}`)}
    </span>
  );
}
