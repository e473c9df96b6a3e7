/**
 * One import from its paths to its report. This is where its parts meet; each of them is a file of its own: finding,
 * reading in batches, surveying, taking, pausing, lines.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  ImportChoice,
  ImportEvent,
  ImportOptions,
  ImportProgress,
  ImportReport,
  SurveySource,
  SurveyTree,
} from '../../src-shared/contract';
import { BatchReading } from './batchReading';
import { DiskPauses } from './diskPauses';
import { DiskRoom } from './diskRoom';
import { FileEnds } from './fileEnds';
import { ImportFinding } from './importFinding';
import { ImportFlow } from './importFlow';
import { ImportLines } from './importLines';
import type { ImportParts } from './importParts';
import { asPreferred, describeAll, ImportSources, placementFor } from './importSources';
import { ImportSurveying } from './importSurveying';
import { ImportTaking } from './importTaking';
import { ImportTally } from './importTally';
import { MediaFindings } from './mediaFindings';
import { Passwords } from './passwords';
import { PauseGate } from './pauseGate';
import { Survey } from './survey';

export interface ImportRequest {
  readonly jobId: number;
  readonly paths: readonly string[];
  readonly options: ImportOptions;
  readonly signal: AbortSignal;
  emit(event: ImportEvent): void;
}

const PROGRESS_INTERVAL_MS = 100;
/** A tree may be long. */
const TREE_EVERY_TICKS = 5;
const POLL_MS = 1000;
/** What a cancelled import waits for reads that are under way. */
const LEAVING_MS = 500;

export class ImportJob {
  readonly #parts: ImportParts;
  readonly #request: ImportRequest;
  readonly #tally = new ImportTally();
  readonly #survey = new Survey();
  readonly #passwords: Passwords;
  readonly #gate: PauseGate;
  readonly #media: MediaFindings;
  readonly #failure = new AbortController();
  /** Aborts when the caller cancels or when a part fails, so that no part goes on alone. */
  readonly #stop: AbortSignal;
  readonly #startedAtMs: number;
  #running: Running | null = null;
  #unpackedBytes = 0;
  #ticks = 0;

  constructor(parts: ImportParts, request: ImportRequest) {
    this.#parts = parts;
    this.#request = request;
    this.#stop = AbortSignal.any([request.signal, this.#failure.signal]);
    this.#startedAtMs = parts.nowMs();
    this.#media = new MediaFindings(parts.media.createReconciler(), this.#survey);
    this.#passwords = new Passwords(this.#stop, (asked) => request.emit({ kind: 'password', ...asked }));
    this.#gate = new PauseGate({
      signal: this.#stop,
      pollMs: parts.pollMs ?? POLL_MS,
      onPaused: (pause) => request.emit({ kind: 'paused', pause }),
      onResumed: () => request.emit({ kind: 'resumed' }),
    });
  }

  /** Gives the report, also when cancelled. @throws `store/*` when the library cannot take what was read */
  async run(): Promise<ImportReport> {
    const directory = join(this.#parts.store.intake.incomingDirectory, `import-${randomBytes(8).toString('hex')}`);
    const described = await describeAll(this.#parts, this.#request.paths);
    const importId = this.#parts.store.imports.begin(this.#startedAtMs, this.#request.paths);
    try {
      for (const part of ['parts', 'spool']) await mkdir(join(directory, part), { recursive: true });
      const running = this.#assemble({ importId, directory, described });
      this.#running = running;
      const preferred = asPreferred(described, this.#parts.settings());
      this.#request.emit({ kind: 'started', jobId: this.#request.jobId, sources: preferred });
      await this.#runTicking(running);
      return await this.#finish(running);
    } finally {
      this.#failure.abort();
      await this.#leave();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    }
  }

  choose(choice: ImportChoice): void {
    this.#running?.flow.choose(choice);
  }

  password(archiveId: number, password: string | null): void {
    this.#passwords.answer(archiveId, password);
  }

  resume(): void {
    this.#gate.hurry();
  }

  async #runTicking({ flow }: Running): Promise<void> {
    const ticker = setInterval(() => this.#tick(), PROGRESS_INTERVAL_MS);
    try {
      await flow.run();
    } finally {
      clearInterval(ticker);
    }
  }

  /** What a full disk keeps back is waited for, unless the import was cancelled. */
  async #finish(running: Running): Promise<ImportReport> {
    const { lines, disk } = running;
    const wasCancelled = this.#request.signal.aborted;
    if (!wasCancelled) for (const line of this.#media.missingLines()) lines.add(line);
    await disk.untilDone(() => lines.flush());
    const report = this.#report(running, wasCancelled);
    await disk.untilRoom(() => this.#parts.store.imports.finish(report));
    this.#tell(wasCancelled ? 'cancelled' : 'done');
    return report;
  }

  /** Reads that a cancellation left under way stop by themselves, or are waited for no longer. */
  async #leave(): Promise<void> {
    const idle = this.#running?.reading.idle();
    await Promise.race([idle, delay(LEAVING_MS, undefined, { ref: false })]);
  }

  #report({ importId, sources, flow, described }: Running, wasCancelled: boolean): ImportReport {
    const { options, paths } = this.#request;
    const byDefault = described.map((source) => placementFor(source, this.#parts.settings()))[0];
    return {
      ...this.#tally.totals(),
      importId,
      paths,
      sources: sources.all,
      placement: flow.choice?.placement ?? options.placement ?? byDefault ?? 'reference',
      startedAtMs: this.#startedAtMs,
      seconds: (this.#parts.nowMs() - this.#startedAtMs) / 1000,
      wasCancelled,
      media: this.#media.reconciliations(),
      unreachable: this.#tally.unreachable,
      announcedMissing: this.#tally.announcedMissing,
      warnings: this.#tally.warnings,
      studyIds: [...this.#tally.studyIds],
    };
  }

  #tick(): void {
    const { flow, lines, asks } = this.#running ?? {};
    if (!flow || !lines || this.#gate.isPaused) return;
    lines.flush();
    this.#tell(this.#phase(flow));
    this.#ticks += 1;
    if (asks && !flow.choice) this.#tellTree(flow);
  }

  /** Nothing to show yet but what comes out of archives. */
  #phase(flow: ImportFlow): ImportProgress['phase'] {
    const isUnpacking = this.#unpackedBytes > 0 && this.#tally.found === 0 && !flow.isWalkOver;
    return isUnpacking ? 'unpacking' : flow.phase;
  }

  #tellTree(flow: ImportFlow): void {
    const isComplete = flow.isSurveyComplete;
    if (this.#treeIsComplete || (!isComplete && this.#ticks % TREE_EVERY_TICKS !== 0)) return;
    this.#treeIsComplete = isComplete;
    this.#request.emit({ kind: 'tree', tree: this.#tree(), isComplete });
  }

  #treeIsComplete = false;

  #tree(): SurveyTree {
    return { patients: this.#survey.tree(), media: this.#media.reconciliations() };
  }

  #tell(phase: ImportProgress['phase']): void {
    const flow = this.#running?.flow;
    const progress = this.#tally.progress({
      phase,
      nowMs: this.#parts.nowMs(),
      isWalkOver: flow?.isWalkOver ?? false,
      bytesTotal: flow?.bytesTotal ?? null,
    });
    this.#request.emit({ kind: 'progress', progress });
  }

  /** As asked for; else as somebody chose for this place before. */
  #characterSet(): string | null {
    const { options, paths } = this.#request;
    if (options.characterSet !== undefined) return options.characterSet;
    const [path] = paths;
    return path === undefined ? null : this.#parts.store.sources.characterSetAt(path);
  }

  #assemble({ importId, directory, described }: Started): Running {
    const parts = this.#parts;
    const { paths } = this.#request;
    const signal = this.#stop;
    const characterSet = this.#characterSet();
    const options = { ...this.#request.options, characterSet };
    const asks = options.asks ?? this.#asksByItself(described);
    const gate = this.#gate;
    const tally = this.#tally;
    const survey = this.#survey;
    const room = new DiskRoom({
      directory,
      reserveBytes: parts.reserveBytes,
      ...(parts.diskSpace ? { space: parts.diskSpace } : {}),
    });
    const bytesLeft = (): number | null => this.#bytesLeft();
    const disk = new DiskPauses({ room, gate, signal, bytesLeft });
    const lines = new ImportLines(parts.store.imports, importId, tally);
    const sources = new ImportSources(parts, { options, described, jobDirectory: directory });
    const reading = new BatchReading({
      pool: parts.pool,
      sources,
      gate,
      disk,
      signal,
      characterSet,
      directory: join(directory, 'parts'),
    });
    const ends = new FileEnds({
      lines,
      sources,
      onMet: (entry, result) => this.#media.meet(entry, result),
      onArchive: (entry, kind) => flow.open(entry, kind),
    });
    const context = {
      signal,
      spoolDirectory: join(directory, 'spool'),
      askPassword: this.#passwords.ask,
      roomFor: async (bytes: number) => {
        await gate.pass(() => disk.lackFor(() => Promise.resolve(bytes)));
      },
      onUnpacked: (bytes: number) => {
        this.#unpackedBytes += bytes;
      },
    };
    const finding = new ImportFinding({
      media: parts.media,
      paths,
      context,
      sources,
      reading,
      tally,
      addLine: (line) => lines.add(line),
      onEntries: (entries) => flow.find(entries),
      room: () => flow.room(),
    });
    const flow: ImportFlow = new ImportFlow({
      asks,
      readers: parts.pool.width + 1,
      signal,
      survey,
      finding,
      surveying: new ImportSurveying({ parts, reading, ends, tally, survey }),
      taking: new ImportTaking({ parts, reading, sources, disk, ends, tally, choice: () => flow.choice }),
      stop: () => this.#failure.abort(),
    });
    return { importId, described, asks, flow, lines, reading, sources, disk };
  }

  #bytesLeft(): number | null {
    const total = this.#running?.flow.bytesTotal ?? null;
    return total === null ? null : Math.max(0, total - this.#tally.bytesDone);
  }

  /** Before copying, where the person at this machine wants to be asked. */
  #asksByItself(described: readonly SurveySource[]): boolean {
    const settings = this.#parts.settings();
    const placement = this.#request.options.placement;
    const copies = described.some((source) => (placement ?? placementFor(source, settings)) === 'copy');
    return settings.asksBeforeCopying && copies;
  }
}

interface Started {
  readonly importId: number;
  readonly directory: string;
  readonly described: readonly SurveySource[];
}

interface Running {
  readonly importId: number;
  readonly described: readonly SurveySource[];
  readonly asks: boolean;
  readonly flow: ImportFlow;
  readonly lines: ImportLines;
  readonly reading: BatchReading;
  readonly sources: ImportSources;
  readonly disk: DiskPauses;
}
