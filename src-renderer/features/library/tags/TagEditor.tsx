import { useStore } from 'zustand';
import { t } from '../../../strings';
import { Button, Popover } from '../../../ui';
import { commandStore } from '../../../viewing/commands';
import { libraryModeStore } from '../../../viewing/libraryMode';
import { editStudies, tagsOf } from '../actions/editing';
import { selectedIds, selectedRows } from '../actions/selected';
import { answerStore } from '../answer/answerStore';
import { facetStore } from '../answer/facetStore';
import { ListChoice } from '../filter/ListChoice';
import { libraryViewStore, openLibraryMenu } from '../libraryView';

/** Tags of everything selected: which all, some or none of the studies bear; a new name makes a new tag. */
export function TagEditor() {
  const isOpen = useStore(libraryViewStore, (view) => view.openMenu === 'editTags');
  const isWritable = useStore(libraryModeStore, ({ mode }) => mode.mode === 'read-write');
  const keys = useStore(commandStore, ({ commands }) => commands.get('library.tag')?.keys[0]);
  return (
    <Popover
      label={t('library.tags.edit')}
      side="top"
      align="center"
      isOpen={isOpen}
      onOpenChange={(open) => openLibraryMenu(open ? 'editTags' : null)}
      trigger={
        <Button size="small" tone="quiet" keys={keys} disabled={!isWritable}>
          {t('library.menu.tag')}
        </Button>
      }
    >
      <TagChoice />
    </Popover>
  );
}

/** `isQuiet`: part of a panel; see `ListChoice`. */
export function TagChoice({ isQuiet = false }: { readonly isQuiet?: boolean }) {
  const facets = useStore(facetStore, (state) => state.facets.tags);
  useStore(answerStore, ({ answer }) => answer);
  const ids = selectedIds();
  const borne = tagsOf(selectedRows());
  const counts = new Map(facets.map(({ value, studies }) => [value, studies]));
  const all = [...new Set([...counts.keys(), ...borne.keys()])];
  return (
    <ListChoice
      label={t('library.tags.editOf', { count: ids.length })}
      choices={all.map((tag) => ({
        id: tag,
        label: tag,
        state: borne.get(tag) ?? 'none',
        count: counts.get(tag) ?? 0,
      }))}
      onToggle={(tag) => void editStudies(ids, borne.get(tag) === 'all' ? { removeTags: [tag] } : { addTags: [tag] })}
      onAdd={(tag) => void editStudies(ids, { addTags: [tag] })}
      addLabel={(tag) => t('library.tags.addThis', { tag })}
      emptyText={t('library.tags.none')}
      isQuiet={isQuiet}
    />
  );
}
