/** From found files to instances in the library: read (and copied) by the pool, taken in by the store, each with its line. */
import type { ImportLine } from '../../src-shared/contract';
import type { MediaEntry } from '../media/source';
import type { Incoming } from '../store';
import type { NewValues, ScanResult } from '../workers/scanTask';
import { Arrivals } from './arrivals';
import type { BatchReading } from './batchReading';
import type { DiskPauses } from './diskPauses';
import { instanceLine, plainLine, rejectedLine } from './fileLine';
import type { FileEnds } from './fileEnds';
import type { ChosenImport } from './importChoice';
import type { ImportParts } from './importParts';
import type { ImportSources } from './importSources';
import type { ImportTally } from './importTally';
import { Settling, type Arrived, type Settled } from './settling';
import type { SeriesNode } from './survey';

/** A file to be taken; `series` where it was surveyed first. */
export interface TakenItem {
  readonly entry: MediaEntry;
  readonly series: SeriesNode | null;
}

export interface ImportTakingNeeds {
  readonly parts: Pick<ImportParts, 'store' | 'pool' | 'changes' | 'nowMs'>;
  readonly reading: BatchReading;
  readonly sources: ImportSources;
  readonly disk: DiskPauses;
  readonly ends: FileEnds;
  readonly tally: ImportTally;
  choice(): ChosenImport | null;
}

/** Copies taken in together, and how long the first of them waits. */
const MOST_COPIES = 256;
const LONGEST_WAIT_MS = 500;

type Header = Extract<ScanResult, { kind: 'header' }>;

interface RoadItem extends TakenItem {
  readonly newValues: NewValues | null;
  readonly isCopy: boolean;
}

export class ImportTaking {
  readonly #needs: ImportTakingNeeds;
  readonly #settling: Settling;
  readonly #copies: Arrivals<Arrived>;

  constructor(needs: ImportTakingNeeds) {
    this.#needs = needs;
    this.#settling = new Settling(needs);
    this.#copies = new Arrivals({
      most: MOST_COPIES,
      longestMs: LONGEST_WAIT_MS,
      nowMs: () => performance.now(),
      take: (arrived) => this.#takeIn(arrived),
    });
  }

  /** Copies that wait for others. @throws `store/*` */
  finish(): Promise<void> {
    return this.#copies.flush();
  }

  /** Every item has its line once all is finished, unless the import was cancelled meanwhile. @throws `store/*` */
  async take(items: readonly TakenItem[]): Promise<void> {
    const choice = this.#needs.choice();
    const wanted = items.filter((item) => this.#isWanted(item, choice)).map((item) => this.#onRoad(item, choice));
    for (const isCopy of [false, true]) {
      const road = wanted.filter((item) => item.isCopy === isCopy);
      if (road.length > 0) await this.#takeRoad(road, isCopy);
    }
  }

  #isWanted({ entry, series }: TakenItem, choice: ChosenImport | null): boolean {
    const isWanted = !series || !choice || choice.wants(series);
    if (!isWanted) this.#needs.ends.end(entry, plainLine(entry.name, 'not-chosen'));
    return isWanted;
  }

  /** Changed values need a file of the library's own. */
  #onRoad({ entry, series }: TakenItem, choice: ChosenImport | null): RoadItem {
    const newValues = series && choice ? choice.newValues(series) : null;
    const isCopy = newValues !== null || this.#needs.sources.placementOf(entry, choice) === 'copy';
    return { entry, series, newValues, isCopy };
  }

  async #takeRoad(road: readonly RoadItem[], isCopy: boolean): Promise<void> {
    const { reading, ends, tally } = this.#needs;
    const arrived: Arrived[] = [];
    for (const { item, result } of await reading.read(road, isCopy)) {
      const { entry, series } = item;
      if (!series) ends.meet(entry, result);
      if (result.kind === 'header') {
        tally.bytesDone += result.sizeBytes;
        arrived.push({ entry, result, incoming: this.#incoming(entry, result) });
      } else ends.endOther(entry, result);
    }
    if (arrived.length === 0) return;
    if (isCopy) await this.#copies.add(arrived);
    else await this.#takeIn(arrived);
  }

  #incoming(entry: MediaEntry, { header, sizeBytes, mtimeMs, taken }: Header): Incoming {
    const { sources } = this.#needs;
    const { path } = entry.slice;
    const plain = sources.isPlainFile(entry) ? { path, sizeBytes, mtimeMs } : null;
    const arrival = taken
      ? ({ kind: 'copy', ...taken, copiedFrom: plain } as const)
      : ({ kind: 'reference', path, sizeBytes, mtimeMs } as const);
    return { header, arrival, sourceId: sources.idOf(entry.source), origin: entry.name };
  }

  /** All rows of the batch appear, or none: a full disk is waited for. */
  async #takeIn(arrived: readonly Arrived[]): Promise<void> {
    const { parts, disk } = this.#needs;
    const batch = arrived.map(({ incoming }) => incoming);
    const outcomes = await disk.untilRoom(() => parts.store.intake.take(batch, parts.nowMs()));
    if (outcomes === null) parts.store.intake.discard(batch);
    else this.#tell(await this.#settling.settle(arrived, outcomes));
  }

  #tell(settled: readonly Settled[]): void {
    const { tally, parts, ends } = this.#needs;
    const studyIds = new Set<number>();
    for (const { arrived, outcome } of settled) {
      ends.end(arrived.entry, this.#line(arrived, outcome));
      if (outcome.kind !== 'failed') studyIds.add(outcome.studyId);
    }
    for (const studyId of studyIds) tally.studyIds.add(studyId);
    parts.changes.announce(studyIds);
  }

  #line({ entry, result }: Arrived, outcome: Settled['outcome']): ImportLine {
    return outcome.kind === 'failed' ? rejectedLine(entry.name, outcome) : instanceLine(entry.name, result, outcome);
  }
}
