/**
 * Reads a batch through the pool until every file has an answer that counts: what a full disk or a pulled medium kept
 * back is read again once that is mended, so that nothing is lost and nothing is taken twice.
 */
import { AppError } from '../../src-shared/base/appError';
import type { ImportPause } from '../../src-shared/contract';
import type { MediaEntry } from '../media/source';
import type { NewValues, ScanResult } from '../workers/scanTask';
import type { DiskPauses } from './diskPauses';
import { rootOf, type ImportSources } from './importSources';
import type { PauseGate } from './pauseGate';
import type { ScanPool, ScanWork } from './scanPool';
import { sliceBytes } from './sliceBytes';

export interface ReadItem {
  readonly entry: MediaEntry;
  readonly newValues?: NewValues | null;
}

export interface Answer<Item> {
  readonly item: Item;
  readonly result: ScanResult;
}

export interface BatchReadingNeeds {
  readonly pool: ScanPool;
  readonly sources: ImportSources;
  readonly gate: PauseGate;
  readonly disk: DiskPauses;
  readonly signal: AbortSignal;
  readonly characterSet: string | null;
  /** For part files. */
  readonly directory: string;
}

export class BatchReading {
  readonly #needs: BatchReadingNeeds;
  readonly #running = new Set<Promise<unknown>>();

  constructor(needs: BatchReadingNeeds) {
    this.#needs = needs;
  }

  /** Headers, and with `isCopy` part files. Gives nothing once cancelled. @throws `store/failed` */
  async read<Item extends ReadItem>(items: readonly Item[], isCopy: boolean): Promise<Answer<Item>[]> {
    const answers: Answer<Item>[] = [];
    for (let left = items; left.length > 0;) {
      const results = await this.#readOnce(left, isCopy);
      if (!results) return answers;
      const again = await this.#keptBack(left, results);
      answers.push(...left.flatMap((item, index) => answered(item, results[index], again)));
      left = left.filter((item) => again.has(item));
    }
    return answers;
  }

  /** What a cancellation left running stops between two reads. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** `null` once cancelled, without waiting for a file that hangs. */
  async #readOnce(items: readonly ReadItem[], isCopy: boolean): Promise<readonly ScanResult[] | null> {
    const { sources, signal, gate } = this.#needs;
    if (isCopy) await gate.pass(this.#lackFor(items));
    const source = items[0]?.entry.source;
    if (signal.aborted || !source) return null;
    return sources.inTurn(source, () => untilAborted(this.#run(this.#work(items, isCopy)), signal));
  }

  /** Only instances are copied: where the disk has no room for all files, it is asked again for those. */
  #lackFor(items: readonly ReadItem[]): () => Promise<ImportPause | null> {
    const { disk } = this.#needs;
    let copied: readonly ReadItem[] | null = null;
    return async () => {
      const lack = await disk.lackFor(() => bytesOf(copied ?? items));
      if (!lack || copied) return lack;
      copied = await this.#instancesAmong(items);
      return disk.lackFor(() => bytesOf(copied ?? items));
    };
  }

  async #instancesAmong(items: readonly ReadItem[]): Promise<readonly ReadItem[]> {
    const { sources, signal } = this.#needs;
    const source = items[0]?.entry.source;
    if (!source) return items;
    const results = await sources.inTurn(source, () => untilAborted(this.#run(this.#work(items, false)), signal));
    return results ? items.filter((_, index) => results[index]?.kind === 'header') : items;
  }

  async #run(work: ScanWork): Promise<readonly ScanResult[]> {
    const running = this.#needs.pool.run(work, { signal: this.#needs.signal });
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  #work(items: readonly ReadItem[], isCopy: boolean): ScanWork {
    const slices = items.map(({ entry }) => entry.slice);
    const { characterSet, directory } = this.#needs;
    if (!isCopy) return { task: 'scan', slices, characterSet };
    const newValues = items.map((item) => item.newValues ?? null);
    const valuesFrom = items[0] ? rootOf(items[0].entry.source).label : '';
    return { task: 'take', slices, characterSet, incomingDirectory: directory, newValues, valuesFrom };
  }

  /** Items to be read again; when this is over, the pause that they needed is too. */
  async #keptBack<Item extends ReadItem>(items: readonly Item[], results: readonly ScanResult[]): Promise<Set<Item>> {
    const { disk, signal } = this.#needs;
    const failed = items.filter((_, index) => results[index]?.kind === 'failed');
    if (failed.length === 0 || signal.aborted) return new Set();
    const noRoom = new Set(items.filter((_, index) => isDiskFull(results[index])));
    if (noRoom.size > 0) await disk.pauseOnFull(() => bytesOf([...noRoom]));
    const source = failed[0]?.entry.source;
    if (!source || (await this.#needs.sources.isThere(source))) return noRoom;
    await this.waitFor(source);
    return new Set(items.filter((item, index) => noRoom.has(item) || couldBeGone(results[index])));
  }

  /** Until the place that files come from is there (again). Gives whether it was gone. */
  waitFor(source: MediaEntry['source']): Promise<boolean> {
    const pause: ImportPause = { reason: 'medium-gone', label: rootOf(source).label };
    return this.#needs.gate.pass(async () => ((await this.#needs.sources.isThere(source)) ? null : pause));
  }
}

function answered<Item>(item: Item, result: ScanResult | undefined, again: ReadonlySet<Item>): Answer<Item>[] {
  return result === undefined || again.has(item) ? [] : [{ item, result }];
}

/** @throws `store/failed` for what is wrong with the library's disk otherwise */
function isDiskFull(result: ScanResult | undefined): boolean {
  if (result?.kind !== 'failed' || !result.code.startsWith('store/')) return false;
  if (result.code !== 'store/disk-full') throw new AppError(result.code, result.reason);
  return true;
}

/** A pulled medium shows as an error of the system, as a read that hangs, or as a file that ends too early. */
function couldBeGone(result: ScanResult | undefined): boolean {
  if (result?.kind !== 'failed') return false;
  return result.systemCode !== '' || ['file/not-found', 'file/unreadable', 'file/truncated'].includes(result.code);
}

async function bytesOf(items: readonly ReadItem[]): Promise<number> {
  const sizes = await Promise.all(items.map(({ entry }) => sliceBytes(entry.slice)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  const cancelled = Promise.withResolvers<null>();
  const cancel = () => cancelled.resolve(null);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    return await Promise.race([work, cancelled.promise]);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
