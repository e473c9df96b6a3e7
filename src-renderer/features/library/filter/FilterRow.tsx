/** The row of filters below the window's bar: what can be asked on the left, what was kept and how it is shown on the right. */
import { Bookmark, Columns3, PanelRight, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { StudyFacets } from '../../../../src-shared/contract';
import { t } from '../../../strings';
import { Button, IconButton, Popover, Segmented } from '../../../ui';
import { facetStore } from '../answer/facetStore';
import {
  changeFilter,
  clearFilters,
  groupByPatient,
  isByPatient,
  libraryViewStore,
  openLibraryMenu,
  showDetails,
  showTrash,
} from '../libraryView';
import { ColumnChoice } from './ColumnChoice';
import { conditionsOf, type Condition, type ConditionId } from './conditions';
import { DateChoice } from './DateChoice';
import { ConditionChip, FilterMenu, FilterSwitch } from './FilterMenu';
import { ListChoice } from './ListChoice';
import { MoreChoice } from './MoreChoice';
import { isFiltering } from './query';
import { SavedSearches } from './SavedSearches';

const ICON = { size: 15, strokeWidth: 1.5 } as const;

/** Conditions that have no button of their own in the row. */
const LOOSE: ReadonlySet<ConditionId> = new Set([
  'patient',
  'patientName',
  'patientId',
  'accessionNumber',
  'description',
  'problem',
]);

export function FilterRow() {
  const view = useStore(libraryViewStore);
  const { facets } = useStore(facetStore);
  const { filter, datePreset, patientLabel } = view;
  const conditions = useMemo(
    () => conditionsOf({ filter, datePreset, facets, patientLabel }),
    [filter, datePreset, facets, patientLabel],
  );
  return (
    <div className="library-filters" role="toolbar" aria-label={t('library.filter.row')}>
      <Segmented
        label={t('library.filter.view.label')}
        value={isByPatient(view) ? 'patients' : 'studies'}
        options={(['studies', 'patients'] as const).map((value) => ({
          value,
          label: t(`library.filter.view.${value}`),
        }))}
        onChange={(value) => groupByPatient(value === 'patients')}
      />
      <Menus conditions={conditions} facets={facets} />
      <FilterSwitch
        label={t('library.filter.unread')}
        isOn={filter.isUnread === true}
        onChange={(isOn) => changeFilter({ isUnread: isOn || undefined })}
      />
      <FilterSwitch
        label={t('library.filter.pinned')}
        isOn={filter.isPinned === true}
        onChange={(isOn) => changeFilter({ isPinned: isOn || undefined })}
      />
      {conditions
        .filter(({ id }) => LOOSE.has(id))
        .map((condition) => (
          <ConditionChip
            key={condition.id}
            {...condition}
            onRemove={() => remove(condition)}
            onOpen={() => condition.id !== 'patient' && openLibraryMenu('more')}
          />
        ))}
      {isFiltering(view) && (
        <Button size="small" tone="quiet" keys="Escape" onClick={clearFilters}>
          {t('library.filter.clearAll')}
        </Button>
      )}
      <span className="library-room" />
      <ViewActions />
    </div>
  );
}

function remove({ without }: Condition): void {
  changeFilter(without.filter);
  if (without.datePreset === null) libraryViewStore.setState({ datePreset: null });
}

const MENUS = [
  { menu: 'date', command: 'library.filterDate' },
  { menu: 'modality', command: 'library.filterModality' },
  { menu: 'bodyPart', command: 'library.filterBodyPart' },
  { menu: 'source', command: 'library.filterSource' },
  { menu: 'tag', command: 'library.filterTag' },
] as const;

interface MenusProps {
  readonly conditions: readonly Condition[];
  readonly facets: StudyFacets;
}

function Menus({ conditions, facets }: MenusProps) {
  return (
    <>
      {MENUS.map(({ menu, command }) => {
        const condition = conditions.find(({ id }) => id === menu);
        return (
          <FilterMenu
            key={menu}
            menu={menu}
            command={command}
            label={t(`library.filter.${menu}`)}
            value={condition?.value ?? null}
            onRemove={() => condition && remove(condition)}
          >
            {menu === 'date' ? <DateChoice /> : <FacetChoice menu={menu} facets={facets} />}
          </FilterMenu>
        );
      })}
      <FilterMenu
        menu="more"
        command="library.filterMore"
        label={t('library.filter.more')}
        value={null}
        onRemove={() => undefined}
      >
        <MoreChoice />
      </FilterMenu>
    </>
  );
}

type FacetMenu = 'modality' | 'bodyPart' | 'source' | 'tag';

function FacetChoice({ menu, facets }: { readonly menu: FacetMenu; readonly facets: StudyFacets }) {
  const filter = useStore(libraryViewStore, (view) => view.filter);
  const values = {
    modality: facets.modalities,
    bodyPart: facets.bodyParts,
    tag: facets.tags,
    source: facets.sources.map(({ sourceId, studies }) => ({ value: String(sourceId), studies })),
  }[menu];
  const chosen = {
    modality: filter.modalities,
    bodyPart: filter.bodyParts,
    tag: filter.tags,
    source: filter.sourceIds?.map(String),
  }[menu];
  const labelOf = (value: string) =>
    menu === 'source' ? (facets.sources.find(({ sourceId }) => String(sourceId) === value)?.label ?? value) : value;
  const toggle = (value: string) => {
    const before = chosen ?? [];
    const next = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
    changeFilter(
      {
        modality: { modalities: next },
        bodyPart: { bodyParts: next },
        tag: { tags: next },
        source: { sourceIds: next.map(Number) },
      }[menu],
    );
  };
  return (
    <ListChoice
      label={t(`library.filter.${menu}`)}
      choices={values.map(({ value, studies }) => ({
        id: value,
        label: labelOf(value),
        state: chosen?.includes(value) === true ? 'all' : 'none',
        count: studies,
      }))}
      onToggle={toggle}
    />
  );
}

function ViewActions() {
  const { openMenu, isDetailsOpen, filter } = useStore(libraryViewStore);
  const isInTrash = filter.isInTrash === true;
  return (
    <>
      <Popover
        label={t('library.saved.title')}
        align="end"
        isOpen={openMenu === 'saved'}
        onOpenChange={(isOpen) => openLibraryMenu(isOpen ? 'saved' : null)}
        trigger={
          <Button size="small" tone="quiet" icon={<Bookmark {...ICON} />}>
            {t('library.saved.button')}
          </Button>
        }
      >
        <SavedSearches />
      </Popover>
      <IconButton
        size="small"
        label={t('library.commands.trashView')}
        isPressed={isInTrash}
        icon={<Trash2 {...ICON} />}
        onClick={() => showTrash(!isInTrash)}
      />
      <Popover
        label={t('library.columnChoice.title')}
        align="end"
        isOpen={openMenu === 'columns'}
        onOpenChange={(isOpen) => openLibraryMenu(isOpen ? 'columns' : null)}
        trigger={
          <button
            type="button"
            className="ui-icon-button is-small"
            aria-label={t('library.commands.columns')}
            title={t('library.commands.columns')}
          >
            <Columns3 {...ICON} />
          </button>
        }
      >
        <ColumnChoice />
      </Popover>
      <IconButton
        size="small"
        label={t('library.commands.details')}
        keys="i"
        isPressed={isDetailsOpen}
        icon={<PanelRight {...ICON} />}
        onClick={() => showDetails(!isDetailsOpen)}
      />
    </>
  );
}
