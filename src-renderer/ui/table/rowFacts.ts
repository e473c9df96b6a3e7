/** What a table has to know of a row. */
export interface RowFacts {
  readonly key: string;
  /** CSS pixels. */
  readonly height: number;
  /** 1 for the outermost. */
  readonly level: number;
  /** Absent: has nothing to open. */
  readonly isExpanded?: boolean;
  /** Its content is on its way: the row is drawn as a shape. */
  readonly isUnknown?: boolean;
}
