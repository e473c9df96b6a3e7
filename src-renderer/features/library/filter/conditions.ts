/** What is asked for now, condition by condition, each with what takes it away. */
import type { StudyFacets, StudyFilter } from '../../../../src-shared/contract';
import { formatDate } from '../../../../src-shared/dicom/dates';
import { t, type StringKey } from '../../../strings';
import { askingFilter, type LibraryFilter } from './query';

export type ConditionId =
  | 'date'
  | 'modality'
  | 'bodyPart'
  | 'source'
  | 'tag'
  | 'unread'
  | 'pinned'
  | 'patient'
  | 'patientName'
  | 'patientId'
  | 'accessionNumber'
  | 'description'
  | 'problem';

export interface Condition {
  readonly id: ConditionId;
  readonly label: string;
  readonly value: string;
  /** The change of the filter that takes it away. */
  readonly without: Pick<LibraryFilter, 'filter'> & { readonly datePreset?: null };
}

const LABELS: Readonly<Record<ConditionId, StringKey>> = {
  date: 'library.filter.date',
  modality: 'library.filter.modality',
  bodyPart: 'library.filter.bodyPart',
  source: 'library.filter.source',
  tag: 'library.filter.tag',
  unread: 'library.filter.unread',
  pinned: 'library.filter.pinned',
  patient: 'library.filter.patient',
  patientName: 'library.filter.patientName',
  patientId: 'library.filter.patientId',
  accessionNumber: 'library.filter.accessionNumber',
  description: 'library.filter.description',
  problem: 'library.filter.problem',
};

interface Given extends LibraryFilter {
  readonly facets: StudyFacets;
  readonly patientLabel: string;
}

/** In the order of the filter row; free text stands in its own field and is not among them. */
export function conditionsOf({ filter: whole, datePreset, facets, patientLabel }: Given): readonly Condition[] {
  const filter = askingFilter(whole);
  const named = (id: number) => facets.sources.find(({ sourceId }) => sourceId === id)?.label ?? String(id);
  const dates = dateText({ filter, datePreset });
  return [
    ...asked('date', dates, { studyDateFrom: undefined, studyDateTo: undefined }).map(withoutPreset),
    ...asked('modality', filter.modalities?.join(', '), { modalities: undefined }),
    ...asked('bodyPart', filter.bodyParts?.join(', '), { bodyParts: undefined }),
    ...asked('source', filter.sourceIds?.map(named).join(', '), { sourceIds: undefined }),
    ...asked('tag', filter.tags?.join(', '), { tags: undefined }),
    ...asked('unread', filter.isUnread && '', { isUnread: undefined }),
    ...asked('pinned', filter.isPinned && '', { isPinned: undefined }),
    ...asked('patient', filter.patientKey === undefined ? undefined : patientLabel, { patientKey: undefined }),
    ...asked('patientName', filter.patientName, { patientName: undefined }),
    ...asked('patientId', filter.patientId, { patientId: undefined }),
    ...asked('accessionNumber', filter.accessionNumber, { accessionNumber: undefined }),
    ...asked('description', filter.description, { description: undefined }),
    ...asked('problem', filter.problem && t(`library.filter.problems.${filter.problem}`), { problem: undefined }),
  ];
}

/** `''`: the label says it all. */
function asked(id: ConditionId, value: string | false | undefined, without: StudyFilter): Condition[] {
  return value === undefined || value === false
    ? []
    : [{ id, label: t(LABELS[id]), value, without: { filter: without } }];
}

const withoutPreset = (condition: Condition): Condition => ({
  ...condition,
  without: { ...condition.without, datePreset: null },
});

function dateText({ filter, datePreset }: LibraryFilter): string | undefined {
  if (datePreset !== null) return t(`library.filter.presets.${datePreset}`);
  const [from, to] = [filter.studyDateFrom, filter.studyDateTo];
  if (from !== undefined && to !== undefined) {
    return from === to ? formatDate(from) : `${formatDate(from)} – ${formatDate(to)}`;
  }
  if (from !== undefined) return t('library.filter.since', { day: formatDate(from) });
  return to === undefined ? undefined : t('library.filter.until', { day: formatDate(to) });
}
