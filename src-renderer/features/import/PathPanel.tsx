import { FolderOpen } from 'lucide-react';
import { useState, type KeyboardEvent, type SubmitEvent } from 'react';
import { useStore } from 'zustand';
import type { ImportReport } from '../../../src-shared/contract';
import { t } from '../../strings';
import { Button, TextInput } from '../../ui';
import { askPath, importStore } from './importStore';
import { importPaths } from './opening';
import './import.css';

/** In place of a native dialog: a path to type or paste. */
export function PathPanel({ onImported }: { readonly onImported: (report: ImportReport | null) => void }) {
  const isAskingPath = useStore(importStore, (state) => state.isAskingPath);
  return isAskingPath ? <PathForm onImported={onImported} /> : null;
}

function PathForm({ onImported }: { readonly onImported: (report: ImportReport | null) => void }) {
  const [path, setPath] = useState('');
  const cleaned = cleanPath(path);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (cleaned === '') return;
    askPath(false);
    void importPaths([cleaned]).then(onImported);
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    askPath(false);
  };
  return (
    <form className="import-path" aria-label={t('import.path.title')} onSubmit={submit} onKeyDown={closeOnEscape}>
      <FolderOpen size={16} strokeWidth={1.5} />
      <TextInput
        autoFocus
        aria-label={t('import.path.label')}
        placeholder={t('import.path.placeholder')}
        value={path}
        onChange={(event) => setPath(event.target.value)}
      />
      <Button type="submit" tone="primary" disabled={cleaned === ''}>
        {t('import.path.open')}
      </Button>
      <Button tone="quiet" onClick={() => askPath(false)}>
        {t('app.common.cancel')}
      </Button>
      <p>{t('import.path.hint')}</p>
    </form>
  );
}

/** File managers copy paths in quotes or as `file://` addresses. */
export function cleanPath(text: string): string {
  const bare = text.trim().replace(/^(["'])(.*)\1$/, '$2');
  if (!bare.startsWith('file://')) return bare;
  try {
    const path = decodeURIComponent(new URL(bare).pathname);
    return path.replace(/^\/(?=[A-Za-z]:\/)/, '');
  } catch {
    return bare;
  }
}
