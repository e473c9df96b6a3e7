/** What a key does in a tree of check boxes; pure, so that it can be read as a table. */
import { movedIndex } from '../table/tableKeys';

export interface TreeRowFacts {
  readonly key: string;
  /** 1 for the outermost. */
  readonly level: number;
  /** Absent: has nothing to open. */
  readonly isExpanded?: boolean;
}

export type TreeAction =
  | { readonly kind: 'go'; readonly index: number }
  | { readonly kind: 'expand'; readonly isExpanded: boolean }
  | { readonly kind: 'check' };

export interface TreePlace {
  readonly rows: readonly TreeRowFacts[];
  /** -1: nowhere. */
  readonly index: number;
  /** Rows of a page. */
  readonly page: number;
}

/** `null`: the key is not the tree's. Source: the tree pattern of the ARIA authoring practices. */
export function treeAction(key: string, { rows, index, page }: TreePlace): TreeAction | null {
  const moved = movedIndex(key, { index, count: rows.length, page });
  if (moved !== null) return { kind: 'go', index: moved };
  const row = rows[index];
  if (!row) return null;
  if (key === ' ') return { kind: 'check' };
  if (key === 'ArrowRight') return rightAction(row, rows, index);
  if (key === 'ArrowLeft') return leftAction(row, rows, index);
  return null;
}

/** Opens what is closed, enters what is open. */
function rightAction(row: TreeRowFacts, rows: readonly TreeRowFacts[], index: number): TreeAction | null {
  if (row.isExpanded === false) return { kind: 'expand', isExpanded: true };
  const next = rows[index + 1];
  return next && next.level > row.level ? { kind: 'go', index: index + 1 } : null;
}

/** Closes what is open, leaves what is not for its parent. */
function leftAction(row: TreeRowFacts, rows: readonly TreeRowFacts[], index: number): TreeAction | null {
  if (row.isExpanded === true) return { kind: 'expand', isExpanded: false };
  const parent = rows.findLastIndex((each, at) => at < index && each.level < row.level);
  return parent < 0 ? null : { kind: 'go', index: parent };
}
