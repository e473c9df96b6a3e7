/** The lines of one import: counted at once, written down in batches. */
import { AppError } from '../../src-shared/base/appError';
import type { ImportLine } from '../../src-shared/contract';
import type { ImportTally } from './importTally';

/** The index, as far as lines need it. */
export interface LineRows {
  addLines(importId: number, lines: readonly ImportLine[]): void;
}

const MOST_WAITING = 512;

export class ImportLines {
  readonly #rows: LineRows;
  readonly #importId: number;
  readonly #tally: ImportTally;
  #waiting: ImportLine[] = [];

  constructor(rows: LineRows, importId: number, tally: ImportTally) {
    this.#rows = rows;
    this.#importId = importId;
    this.#tally = tally;
  }

  add(line: ImportLine): void {
    this.#tally.line(line);
    this.#waiting.push(line);
    if (this.#waiting.length >= MOST_WAITING) this.flush();
  }

  /** Gives whether all lines are written: on a full disk they wait for the next time. @throws `store/failed` */
  flush(): boolean {
    if (this.#waiting.length === 0) return true;
    try {
      this.#rows.addLines(this.#importId, this.#waiting);
      this.#waiting = [];
      return true;
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'store/disk-full') return false;
      throw thrown;
    }
  }
}
