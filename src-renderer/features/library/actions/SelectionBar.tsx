import { X } from 'lucide-react';
import { useStore } from 'zustand';
import { formatBytes, t } from '../../../strings';
import { Button, IconButton } from '../../../ui';
import { commandStore, runCommand } from '../../../viewing/commands';
import { libraryModeStore } from '../../../viewing/libraryMode';
import { answerStore } from '../answer/answerStore';
import { libraryViewStore } from '../libraryView';
import { selectionStore } from '../selection/selectionStore';
import { TagEditor } from '../tags/TagEditor';
import { selectedRows } from './selected';
import { endAsked, leaveAsked, trashStore, type EndingQuestion } from './trash';

/**
 * How many are selected and what can be done with them, above the foot of the table. One selected study needs no bar
 * outside the trash: its acts are in the menu and on keys. A question about ending studies takes the bar's place.
 */
export function SelectionBar() {
  const count = useStore(selectionStore, ({ ids }) => ids.size);
  const isInTrash = useStore(libraryViewStore, ({ filter }) => filter.isInTrash === true);
  const isTagging = useStore(libraryViewStore, ({ openMenu }) => openMenu === 'editTags');
  const asked = useStore(trashStore, (state) => state.asked);
  useStore(answerStore, ({ answer }) => answer);
  useStore(libraryModeStore);
  if (asked) return <EndQuestion asked={asked} />;
  if (count === 0 || (count === 1 && !isInTrash && !isTagging)) return null;
  return (
    <div className="library-selection" role="toolbar" aria-label={t('library.selection.label')}>
      <strong role="status">{t('library.selection.count', { count })}</strong>
      {isInTrash ? <TrashActs /> : <LibraryActs />}
      <IconButton
        size="small"
        label={t('library.selection.none')}
        keys="Escape"
        tooltipSide="top"
        icon={<X size={14} strokeWidth={1.5} />}
        onClick={() => runCommand('library.selectNothing')}
      />
    </div>
  );
}

function Act({ command, label }: { readonly command: string; readonly label: string }) {
  const { commands } = useStore(commandStore);
  const known = commands.get(command);
  return (
    <Button
      size="small"
      tone="quiet"
      keys={known?.keys[0]}
      disabled={known?.isEnabled?.() === false}
      onClick={() => runCommand(command)}
    >
      {label}
    </Button>
  );
}

function LibraryActs() {
  const rows = selectedRows();
  const isUnread = rows.some((row) => row.isUnread);
  const isPinned = rows.length > 0 && rows.every((row) => row.isPinned);
  return (
    <>
      <Act command="library.open" label={t('library.menu.open')} />
      <Act
        command="library.toggleUnread"
        label={isUnread ? t('library.menu.markRead') : t('library.menu.markUnread')}
      />
      <Act command="library.togglePinned" label={isPinned ? t('library.menu.unpin') : t('library.menu.pin')} />
      <TagEditor />
      <Act command="library.checkFiles" label={t('library.menu.check')} />
      <Act command="library.trash" label={t('library.menu.trash')} />
    </>
  );
}

function TrashActs() {
  return (
    <>
      <Act command="library.restore" label={t('library.trash.restore')} />
      <Act command="library.end" label={t('library.trash.end')} />
    </>
  );
}

/** In place, not in a dialog: how many, how much, and what stays. */
function EndQuestion({ asked }: { readonly asked: EndingQuestion }) {
  return (
    <div className="library-selection is-question" role="alertdialog" aria-label={t('library.trash.yes')}>
      <div>
        <strong>{t('library.trash.ask', { count: asked.studyIds.length })}</strong>
        <p>{consequences(asked)}</p>
      </div>
      <Button size="small" autoFocus onClick={leaveAsked}>
        {t('app.common.cancel')}
      </Button>
      <Button
        size="small"
        className="library-danger"
        disabled={asked.copiedBytes === null}
        onClick={() => void endAsked()}
      >
        {t('library.trash.yes')}
      </Button>
    </div>
  );
}

function consequences({ copiedBytes }: EndingQuestion): string {
  if (copiedBytes === null) return t('library.trash.counting');
  if (copiedBytes === 0) return t('library.trash.askNoBytes');
  return t('library.trash.askBytes', { size: formatBytes(copiedBytes) });
}
