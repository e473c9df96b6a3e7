import { Trash2 } from 'lucide-react';
import { useStore } from 'zustand';
import { t } from '../../../strings';
import { Button } from '../../../ui';
import { runCommand } from '../../../viewing/commands';
import { libraryModeStore } from '../../../viewing/libraryMode';
import { answerStore } from '../answer/answerStore';
import { libraryViewStore, showTrash } from '../libraryView';

/** Says that these studies are not the library but its trash, and the ways out of it. */
export function TrashBar() {
  const isInTrash = useStore(libraryViewStore, ({ filter }) => filter.isInTrash === true);
  const count = useStore(answerStore, ({ answer }) => answer?.studyCount ?? 0);
  const isWritable = useStore(libraryModeStore, ({ mode }) => mode.mode === 'read-write');
  if (!isInTrash) return null;
  return (
    <div className="library-trash" role="status">
      <Trash2 size={15} strokeWidth={1.5} />
      <strong>{t('library.trash.title')}</strong>
      {count > 0 && <span>{t('library.trash.body', { count })}</span>}
      <span className="library-room" />
      {count > 0 && (
        <Button size="small" disabled={!isWritable} onClick={() => runCommand('library.emptyTrash')}>
          {t('library.trash.empty')}
        </Button>
      )}
      <Button size="small" onClick={() => showTrash(false)}>
        {t('library.trash.back')}
      </Button>
    </div>
  );
}
