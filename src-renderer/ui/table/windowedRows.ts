/** Rows that need not all be there: what a table asks of its rows, so that it works the same for ten and for 100,000. */
import type { RowFacts } from './rowFacts';

export interface WindowedRows<Row> {
  readonly count: number;
  /** For 0 ≤ `index` < `count`; a row whose content is not known yet says so by its facts. */
  readonly at: (index: number) => Row;
  /** CSS pixels; asked for every row of the table, so it costs next to nothing. */
  readonly heightAt: (index: number) => number;
  /** −1 when there is no such row, or nobody knows where. */
  readonly indexOf: (key: string) => number;
}

export function windowed<Row>(
  rows: readonly Row[] | WindowedRows<Row>,
  facts: (row: Row) => RowFacts,
): WindowedRows<Row> {
  if (!isList(rows)) return rows;
  const at = (index: number): Row => {
    const row = rows[index];
    if (row === undefined) throw new RangeError(`row ${String(index)} of ${String(rows.length)}`);
    return row;
  };
  return {
    count: rows.length,
    at,
    heightAt: (index) => facts(at(index)).height,
    indexOf: (key) => rows.findIndex((row) => facts(row).key === key),
  };
}

function isList<Row>(rows: readonly Row[] | WindowedRows<Row>): rows is readonly Row[] {
  return Array.isArray(rows);
}
