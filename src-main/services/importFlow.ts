/**
 * How files run through one import: the walk goes ahead, readers share what it finds, and what was read is in the library
 * at once. Where a choice is asked for, every file is surveyed first and waits, as small as it can be, for that choice.
 */
import type { ImportChoice, ImportProgress } from '../../src-shared/contract';
import type { ArchiveKind, MediaEntry } from '../media/source';
import { ChosenImport } from './importChoice';
import type { ImportFinding } from './importFinding';
import type { ImportSurveying } from './importSurveying';
import type { ImportTaking, TakenItem } from './importTaking';
import type { Survey } from './survey';
import { WorkQueue } from './workQueue';

/** The walk waits when it is this many batches ahead, so that memory stays bounded whatever is opened. */
const MOST_WAITING_BATCHES = 1024;

type Work =
  | { readonly stage: 'survey'; readonly entries: readonly MediaEntry[] }
  | { readonly stage: 'take'; readonly items: readonly TakenItem[] };

export interface ImportFlowNeeds {
  readonly asks: boolean;
  readonly readers: number;
  readonly signal: AbortSignal;
  readonly survey: Survey;
  readonly finding: ImportFinding;
  readonly surveying: ImportSurveying;
  readonly taking: ImportTaking;
  /** Stops the other parts when one fails. */
  stop(): void;
}

export class ImportFlow {
  readonly #needs: ImportFlowNeeds;
  readonly #queue = new WorkQueue<Work>(MOST_WAITING_BATCHES);
  readonly #archives = new Set<Promise<void>>();
  /** What was surveyed before the choice. */
  #surveyed: TakenItem[][] = [];
  #choice: ChosenImport | null = null;
  #endWait: () => void = () => undefined;
  #isWalkOver = false;
  /** Batches that are still to be surveyed, and archives that may bring more. */
  #unsurveyed = 0;
  #isTaking = false;

  constructor(needs: ImportFlowNeeds) {
    this.#needs = needs;
  }

  get choice(): ChosenImport | null {
    return this.#choice;
  }

  get isWalkOver(): boolean {
    return this.#isWalkOver && this.#archives.size === 0;
  }

  get isSurveyComplete(): boolean {
    return this.isWalkOver && this.#unsurveyed === 0;
  }

  get phase(): ImportProgress['phase'] {
    if (!this.#needs.asks || this.#isTaking) return 'taking';
    return this.isSurveyComplete ? 'choosing' : 'surveying';
  }

  /** Bytes of what is wanted; `null` while that may still grow. */
  get bytesTotal(): number | null {
    const choice = this.#choice;
    if (!choice || !this.isSurveyComplete) return null;
    return this.#needs.survey.bytesOf((series) => choice.wants(series));
  }

  /** Ends once everything found was taken, or when the import is cancelled. @throws what a part throws */
  async run(): Promise<void> {
    const { signal, asks, readers } = this.#needs;
    const close = () => this.#queue.close();
    signal.addEventListener('abort', close, { once: true });
    if (signal.aborted) close();
    if (asks) this.#endWait = this.#queue.hold();
    const walking = this.#held(() => this.#walk());
    const reading = Array.from({ length: readers }, () => this.#guarded(this.#queue.drain((work) => this.#do(work))));
    const ended = await Promise.allSettled([walking, ...reading]);
    const archives = await Promise.allSettled(this.#archives);
    signal.removeEventListener('abort', close);
    for (const part of [...ended, ...archives]) if (part.status === 'rejected') throw part.reason;
    await this.#needs.taking.finish();
  }

  /** A second choice changes nothing: files are on their way. */
  choose(choice: ImportChoice): void {
    if (this.#choice) return;
    this.#choice = new ChosenImport(choice);
    this.#isTaking = true;
    for (const items of this.#surveyed.splice(0)) this.#queue.push({ stage: 'take', items });
    this.#endWait();
  }

  find(entries: readonly MediaEntry[]): void {
    if (this.#needs.asks) {
      this.#unsurveyed += 1;
      this.#queue.push({ stage: 'survey', entries });
    } else this.#queue.push({ stage: 'take', items: entries.map((entry) => ({ entry, series: null })) });
  }

  room(): Promise<void> {
    return this.#queue.room();
  }

  /** Gives whether the archive is opened. */
  open(entry: MediaEntry, kind: ArchiveKind): boolean {
    const { finding } = this.#needs;
    if (!finding.isSearched(entry)) return false;
    const opening = this.#held(() => finding.openArchive(kind, entry)).finally(() => this.#archives.delete(opening));
    opening.catch(() => undefined);
    this.#archives.add(opening);
    return true;
  }

  async #walk(): Promise<void> {
    try {
      await this.#needs.finding.walk();
    } finally {
      this.#isWalkOver = true;
    }
  }

  async #do(work: Work): Promise<void> {
    if (work.stage === 'take') return this.#needs.taking.take(work.items);
    const items = await this.#needs.surveying.survey(work.entries);
    this.#unsurveyed -= 1;
    if (items.length === 0) return;
    if (this.#choice) this.#queue.push({ stage: 'take', items });
    else this.#surveyed.push(items);
  }

  /** Readers wait for what such a part may still find. */
  #held(work: () => Promise<void>): Promise<void> {
    const release = this.#queue.hold();
    return this.#guarded(work().finally(release));
  }

  async #guarded(part: Promise<void>): Promise<void> {
    try {
      await part;
    } catch (thrown) {
      this.#needs.stop();
      throw thrown;
    }
  }
}
