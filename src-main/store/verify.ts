/**
 * Compares index and disk, and repairs: rows are told what the disk holds, copies without a row get one, what can be got
 * back from where it came from is. A deep verification also reads every copy and compares its bytes with its name; one
 * that differs is moved to `damaged/`, and its instance counts as missing rather than being shown.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { VerifyEvent, VerifyProgress } from '../../src-shared/contract';
import type { AsideFiles } from './asideFiles';
import { systemCode } from './fileCalls';
import type { FileRows, StoredFile } from './fileRows';
import { compare, type RecoveryParts, type RecoveryReport } from './recovery';
import { readObjectHeader } from './objectHeader';
import type { RowCheck } from './rowCheck';
import type { ReadText, SourceText } from './sourceText';

export interface VerifyParts extends RecoveryParts {
  readonly files: FileRows;
  readonly aside: AsideFiles;
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
  -readonly [Key in 'missing' | 'damaged' | 'restored' | 'adopted' | 'unreadable' | 'leftovers' | 'corrected']: number;
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
    if (options.isDeep) await this.#checkAside(found, options);
    yield { kind: 'progress', progress: { ...progress } };
    const seconds = (options.nowMs() - startedAtMs) / 1000;
    yield { kind: 'report', report: { ...found, checked: progress.checked, seconds, wasCancelled: isStopped() } };
  }

  #foundAtOpening(): Found {
    const { adopted = 0, unreadable = 0, leftovers = 0 } = this.#atOpening ?? {};
    this.#atOpening = null;
    return { missing: 0, adopted, unreadable, leftovers, damaged: 0, restored: 0, corrected: 0 };
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
      progress.checked += 1;
      // Meanwhile the study may have been ended or evicted: then what was seen says nothing any more.
      if (!this.#isAsItWas(file)) continue;
      found.missing += Number(state === 'missing');
      found.damaged += Number(state === 'damaged' || state === 'damaged-restored');
      found.restored += Number(state === 'restored' || state === 'damaged-restored');
      states.push({ instanceId: file.instanceId, isMissing: state === 'missing' || state === 'damaged' });
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

  async #stateOf(file: StoredFile, options: VerifyOptions): Promise<FileCondition> {
    const { objects } = this.#parts;
    const facts = file.path === '' ? null : objects.calls.facts(file.path);
    if (file.sha256 === null) return facts?.sizeBytes === file.sizeBytes ? 'there' : 'missing';
    if (facts === null) return (await this.#fetchAgain(file, options)) ? 'restored' : 'missing';
    const content = facts.sizeBytes === file.sizeBytes ? await this.#contentOf(file, options) : 'other';
    if (content !== 'other') return content === 'same' ? 'there' : 'missing';
    if (!this.#isAsItWas(file) || objects.calls.facts(file.path) === null) return 'missing';
    objects.moveToDamaged(file.sha256);
    return (await this.#fetchAgain(file, options)) ? 'damaged-restored' : 'damaged';
  }

  async #contentOf(
    { path, sha256 }: StoredFile,
    { isDeep, signal }: VerifyOptions,
  ): Promise<'same' | 'other' | 'closed'> {
    if (!isDeep) return 'same';
    const digest = await digestOf(path, signal);
    if (digest === sha256 || digest === GONE) return 'same';
    return digest === CLOSED ? 'closed' : 'other';
  }

  #isAsItWas({ instanceId, path, sha256 }: StoredFile): boolean {
    const now = this.#parts.files.of(instanceId);
    return now?.path === path && now.sha256 === sha256;
  }

  /** From the plain file that the copy was made of, if that still holds the same bytes. */
  async #fetchAgain(file: StoredFile, { signal }: VerifyOptions): Promise<boolean> {
    const { files, objects } = this.#parts;
    const origin = files.originOf(file.instanceId);
    if (file.sha256 === null || origin === null || objects.calls.facts(origin) === null) return false;
    if ((await digestOf(origin, signal)) !== file.sha256 || !this.#isAsItWas(file)) return false;
    return objects.copyIn(origin, file.sha256);
  }

  /** Copies that are kept aside: one that is damaged is no choice for anybody, and is forgotten. */
  async #checkAside(found: Found, options: VerifyOptions): Promise<void> {
    const { aside, objects } = this.#parts;
    for (const { object, sizeBytes } of aside.copies()) {
      if (options.signal.aborted) return;
      const path = objects.pathOf(object);
      const isWhole = objects.has(object, sizeBytes);
      const digest = isWhole ? await digestOf(path, options.signal) : '';
      if (digest === object || digest === GONE || digest === CLOSED || objects.calls.facts(path) === null) continue;
      objects.moveToDamaged(object);
      found.damaged += 1;
      options.onChanged(aside.dropCopy(object));
    }
  }
}

/** `damaged` and `missing` rows count as missing from then on. */
type FileCondition = 'there' | 'missing' | 'restored' | 'damaged' | 'damaged-restored';

/** In the place of a digest: it went away meanwhile, or nobody waits any more. */
const GONE = 'gone';
/** In the place of a digest: it may be sound, but cannot be opened. */
const CLOSED = 'closed';

/** Hex; bytes that the disk cannot give are not the bytes that were taken in, and have none. */
async function digestOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    const stream = createReadStream(path, { highWaterMark: READ_CHUNK_BYTES, signal });
    for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
    return hash.digest('hex');
  } catch (thrown) {
    const code = systemCode(thrown);
    if (signal.aborted || code === 'ENOENT') return GONE;
    return code === 'EIO' ? '' : CLOSED;
  }
}
