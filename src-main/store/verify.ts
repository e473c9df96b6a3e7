/**
 * Compares index and disk, and repairs: rows are told what the disk holds, copies without a row get one, what can be got
 * back from where it came from is. A deep verification also reads every copy and compares its bytes with its name; one
 * that differs is moved to `damaged/`, and its instance counts as missing rather than being shown.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../src-shared/base/appError';
import type { VerifyEvent, VerifyProgress } from '../../src-shared/contract';
import type { FileRows, StoredFile } from './fileRows';
import { compare, type RecoveryParts, type RecoveryReport } from './recovery';
import { readObjectHeader } from './objectHeader';
import type { RowCheck } from './rowCheck';
import type { ReadText, SourceText } from './sourceText';

export interface VerifyParts extends RecoveryParts {
  readonly files: FileRows;
  readonly rows: RowCheck;
  readonly text: SourceText;
  /** Once all copies of a lost index have rows again: what was written about their studies. Gives the studies. */
  restoreMarks(): readonly number[];
}

export interface VerifyOptions {
  readonly isDeep: boolean;
  /** Also reads every header again and puts right what the index says of it: the index is built anew in its place. */
  readonly readsHeaders: boolean;
  readonly signal: AbortSignal;
  nowMs(): number;
  /** Studies whose rows changed. */
  onChanged(studyIds: readonly number[]): void;
}

/** What was put right when the library was opened belongs to the first report after it. */
type Found = {
  -readonly [Key in 'missing' | 'damaged' | 'adopted' | 'unreadable' | 'leftovers' | 'corrected']: number;
};

const ADOPTED_AT_ONCE = 64;
const HEADERS_AT_ONCE = 64;
const READ_CHUNK_BYTES = 1024 * 1024;
const PROGRESS_INTERVAL_MS = 100;

export class Verification {
  readonly #parts: VerifyParts;
  #atOpening: RecoveryReport | null;

  constructor(parts: VerifyParts, atOpening: RecoveryReport) {
    this.#parts = parts;
    this.#atOpening = atOpening;
  }

  /** Progress at most ten times a second, then the report, also when cancelled. @throws `store/*` */
  async *run(options: VerifyOptions): AsyncGenerator<VerifyEvent, void, undefined> {
    const startedAtMs = options.nowMs();
    const found = this.#foundAtOpening();
    const isStopped = () => options.signal.aborted;
    this.#parts.rows.requireSound(options.isDeep);
    found.corrected += await this.#parts.rows.correct(options.signal);
    await this.#adoptOrphans(found, options);
    const progress = { checked: 0, total: this.#parts.files.count() };
    let toldAtMs = -Infinity;
    for (const page of this.#parts.files.pages()) {
      if (isStopped()) break;
      await this.#check(page, { found, progress, options });
      if (options.nowMs() - toldAtMs < PROGRESS_INTERVAL_MS) continue;
      toldAtMs = options.nowMs();
      yield { kind: 'progress', progress: { ...progress } };
    }
    yield { kind: 'progress', progress: { ...progress } };
    const seconds = (options.nowMs() - startedAtMs) / 1000;
    yield { kind: 'report', report: { ...found, checked: progress.checked, seconds, wasCancelled: isStopped() } };
  }

  #foundAtOpening(): Found {
    const { adopted = 0, unreadable = 0, leftovers = 0 } = this.#atOpening ?? {};
    this.#atOpening = null;
    return { missing: 0, adopted, unreadable, leftovers, damaged: 0, corrected: 0 };
  }

  async #adoptOrphans(found: Found, options: VerifyOptions): Promise<void> {
    const { signal } = options;
    const comparison = compare(this.#parts, 'leave');
    const orphans = this.#parts.adoption.ordered(comparison.orphans);
    options.onChanged(comparison.studyIds);
    for (let start = 0; start < orphans.length && !signal.aborted; start += ADOPTED_AT_ONCE) {
      const batch = this.#parts.adoption.adopt(orphans.slice(start, start + ADOPTED_AT_ONCE), options.nowMs());
      found.adopted += batch.adopted;
      found.unreadable += batch.unreadable;
      options.onChanged(batch.studyIds);
      await nextTurn();
    }
    if (!signal.aborted) options.onChanged(this.#parts.restoreMarks());
  }

  async #check(
    page: readonly StoredFile[],
    run: { found: Found; progress: { -readonly [Key in keyof VerifyProgress]: number }; options: VerifyOptions },
  ): Promise<void> {
    const { found, progress, options } = run;
    const states: { instanceId: number; isMissing: boolean }[] = [];
    for (const file of page) {
      if (options.signal.aborted) break;
      const state = await this.#stateOf(file, options);
      if (state === 'damaged') found.damaged += 1;
      else if (state === 'missing') found.missing += 1;
      states.push({ instanceId: file.instanceId, isMissing: state !== 'there' });
      progress.checked += 1;
    }
    options.onChanged(this.#parts.files.setMissing(states));
    if (options.readsHeaders) await this.#readHeaders(page, run);
    await nextTurn();
  }

  async #readHeaders(
    page: readonly StoredFile[],
    { found, options }: { found: Found; options: VerifyOptions },
  ): Promise<void> {
    for (let start = 0; start < page.length && !options.signal.aborted; start += HEADERS_AT_ONCE) {
      const read = page.slice(start, start + HEADERS_AT_ONCE).flatMap((file) => this.#headerOf(file));
      const studyIds = this.#parts.text.rewrite(read);
      found.corrected += studyIds.length;
      options.onChanged(studyIds);
      await nextTurn();
    }
  }

  #headerOf({ instanceId, path, characterSet }: StoredFile): ReadText[] {
    const object = path === '' ? null : readObjectHeader(this.#parts.objects.calls, path, characterSet);
    return object ? [{ instanceId, header: object.header }] : [];
  }

  async #stateOf(file: StoredFile, options: VerifyOptions): Promise<'there' | 'missing' | 'damaged'> {
    const { objects } = this.#parts;
    const facts = file.path === '' ? null : objects.calls.facts(file.path);
    if (file.sha256 === null) return facts?.sizeBytes === file.sizeBytes ? 'there' : 'missing';
    if (facts === null) return (await this.#fetchAgain(file, options)) ? 'there' : 'missing';
    const isWhole = facts.sizeBytes === file.sizeBytes && (!options.isDeep || (await this.#isIntact(file, options)));
    if (isWhole || options.signal.aborted) return 'there';
    // It may have gone between the look and now, or have been replaced by a good one.
    if (objects.calls.facts(file.path) !== null) objects.moveToDamaged(file.sha256);
    return (await this.#fetchAgain(file, options)) ? 'there' : 'damaged';
  }

  async #isIntact({ path, sha256 }: StoredFile, { signal }: VerifyOptions): Promise<boolean> {
    const digest = await digestOf(path, signal);
    return digest === null || digest === sha256;
  }

  /** From the plain file that the copy was made of, if that still holds the same bytes. */
  async #fetchAgain({ instanceId, sha256 }: StoredFile, { signal }: VerifyOptions): Promise<boolean> {
    const origin = this.#parts.files.originOf(instanceId);
    if (sha256 === null || origin === null || this.#parts.objects.calls.facts(origin)?.sizeBytes === undefined)
      return false;
    if ((await digestOf(origin, signal)) !== sha256) return false;
    return this.#parts.objects.copyIn(origin, sha256);
  }
}

/** Hex; `null` when it was cancelled or the file went away meanwhile. @throws `store/failed` when the disk gives an error */
async function digestOf(path: string, signal: AbortSignal): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    const stream = createReadStream(path, { highWaterMark: READ_CHUNK_BYTES, signal });
    for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
    return hash.digest('hex');
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
    if (signal.aborted || code === 'ENOENT') return null;
    // Bytes that cannot be read are not the bytes that were taken in.
    if (code === 'EIO') return '';
    throw new AppError('store/failed', 'A file of the library cannot be read.', {}, thrown);
  }
}
