import { Lock } from 'lucide-react';
import { useStore } from 'zustand';
import { t } from '../../strings';
import { libraryModeStore } from '../../viewing/libraryMode';
import './storage.css';

/** Under the window's bar while the library takes no changes: why, and what still works. */
export function ReadOnlyBanner() {
  const mode = useStore(libraryModeStore, (state) => state.mode);
  if (mode.mode === 'read-write') return null;
  return (
    <div className="storage-banner" role="status" data-testid="read-only-banner">
      <Lock size={14} strokeWidth={1.5} />
      <span>{t('storage.readOnly.banner', { reason: mode.reason })}</span>
      <span className="is-faint">{t('storage.readOnly.hint')}</span>
    </div>
  );
}
