/** The columns of the library by name, in their order; those that sort bear the contract's name for it. */
export const COLUMN_IDS = [
  'patientName',
  'patientId',
  'birthDate',
  'sex',
  'studyDate',
  'description',
  'modalities',
  'bodyPart',
  'seriesCount',
  'instanceCount',
  'accessionNumber',
  'tags',
  'institution',
  'source',
  'sizeBytes',
  'addedAt',
  'lastOpened',
] as const;

export type ColumnId = (typeof COLUMN_IDS)[number];

const HIDDEN_AT_FIRST: ReadonlySet<ColumnId> = new Set([
  'bodyPart',
  'institution',
  'sizeBytes',
  'addedAt',
  'lastOpened',
]);

export const SHOWN_AT_FIRST: readonly ColumnId[] = COLUMN_IDS.filter((id) => !HIDDEN_AT_FIRST.has(id));

const UNSORTED = ['sex', 'tags'] as const satisfies readonly ColumnId[];

export type SortColumnId = Exclude<ColumnId, (typeof UNSORTED)[number]>;

export function isColumnId(id: unknown): id is ColumnId {
  return COLUMN_IDS.some((known) => known === id);
}

/** Whether the library can be ordered by a column; by `patient` it is through its own switch. */
export function isSortColumn(id: string): id is SortColumnId {
  return isColumnId(id) && !UNSORTED.some((unsorted) => unsorted === id);
}
