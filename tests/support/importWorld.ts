/**
 * A small world for imports without DICOM: real files whose text says what they are, and parts of an import that read
 * them, so that a test writes `CT patient=A series=1 uid=5` and can let a disk fill up or a medium go at will.
 */
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { ImportLine, ImportReport, SourceKind } from '../../src-shared/contract';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { ArchiveKind, FileSlice, Found, MediaEntry, OpenContext, Source } from '../../src-main/media/source';
import type { DiskSpace } from '../../src-main/services/diskRoom';
import type { ScanPool, ScanWork } from '../../src-main/services/scanPool';
import type { Incoming, IntakeOutcome, NewSource } from '../../src-main/store/types';
import type { ScanResult } from '../../src-main/workers/scanTask';

/** Keys of a text like `CT patient=A series=1 uid=5 cut=1`. */
function factsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(' ').flatMap((word) => {
      const [key, value] = word.split('=');
      return key !== undefined && value !== undefined ? [[key, value] as const] : [];
    }),
  );
}

function headerOf(text: string, newPatient?: string): IndexedHeader {
  const facts = factsOf(text);
  const of = (key: string) => facts.get(key) ?? '1';
  const patientId = newPatient ?? of('patient');
  const uid = { study: `1.${patientId}`, series: `1.${of('patient')}.${of('series')}` };
  return {
    patientKey: patientId,
    patientJson: JSON.stringify({ patientId }),
    studyUid: uid.study,
    studyJson: JSON.stringify({ studyInstanceUid: uid.study }),
    seriesUid: uid.series,
    modality: 'CT',
    bodyPart: '',
    seriesJson: JSON.stringify({ seriesInstanceUid: uid.series }),
    sopUid: of('uid'),
    instanceJson: '{}',
    hasImage: true,
  };
}

const sha = (text: string) => createHash('sha256').update(text).digest('hex');

export class ImportWorld {
  readonly root = mkdtempSync(join(tmpdir(), 'isocenter-world-'));
  readonly library = new WorldLibrary(join(this.root, 'library', 'incoming'));
  /** What the disk says of itself. */
  space: DiskSpace = { freeBytes: 1e12, totalBytes: 1e12 };
  /** Before each batch; may change the world, or answer instead of the pool. */
  beforeBatch: (work: ScanWork) => Promise<readonly ScanResult[] | undefined> = () => Promise.resolve(undefined);
  /** How often each file was read, by its name. */
  readonly reads = new Map<string, number>();
  readonly passwords: (string | null)[] = [];
  isRemovable = false;
  /** Studies that were said to have changed. */
  readonly announced = new Set<number>();

  get folder(): string {
    return join(this.root, 'in');
  }

  put(name: string, text: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  readonly pool: ScanPool = {
    width: 2,
    run: async (work) => {
      const instead = await this.beforeBatch(work);
      if (instead) return instead;
      return work.slices.map((slice, index) => this.#read(slice, work, index));
    },
    dispose: () => undefined,
  };

  #read({ path }: FileSlice, work: ScanWork, index: number): ScanResult {
    this.reads.set(basename(path), (this.reads.get(basename(path)) ?? 0) + 1);
    if (!existsSync(path)) return gone;
    const text = readFileSync(path, 'utf8');
    if (work.task === 'digest') return { kind: 'digest', sha256: sha(text) };
    if (text.startsWith('bad')) return broken;
    if (text.startsWith('ZIP')) return { kind: 'not-dicom', archive: 'zip' };
    if (text.startsWith('DIR')) return { kind: 'directory', directory: null, reason: '' };
    if (!text.startsWith('CT')) return { kind: 'not-dicom', archive: null };
    const newValues = work.task === 'take' ? work.newValues[index] : null;
    const isCut = factsOf(text).has('cut');
    const { size, mtimeMs } = statSync(path);
    return {
      kind: 'header',
      header: headerOf(text, newValues?.patientId),
      sizeBytes: size,
      mtimeMs,
      warning: isCut ? { code: 'pixels/truncated', reason: 'Cut.' } : null,
      wholeFrames: isCut ? '1–37 of 60' : null,
      taken: work.task === 'take' ? this.#copy(path, text, work.incomingDirectory) : null,
    };
  }

  #copy(path: string, text: string, directory: string) {
    const partPath = join(directory, `${this.reads.size}-${Math.random()}.part`);
    copyFileSync(path, partPath);
    return { partPath, sha256: sha(text), originSha256: sha(text), sizeBytes: text.length };
  }

  /** A folder, walked name by name; what is `ZIP a|b` inside is opened as an archive of those texts. */
  async *openPaths(paths: readonly string[], _context: OpenContext): AsyncGenerator<Found> {
    for (const path of paths) {
      const source = this.source('folder', path);
      yield { kind: 'source', source };
      yield* this.#walk(path, source);
    }
  }

  async *#walk(path: string, source: Source): AsyncGenerator<Found> {
    let names: string[];
    try {
      names = readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
        .sort();
    } catch {
      const reason = 'There is no such file or folder.';
      yield { kind: 'problem', problem: { path, code: 'file/not-found', reason }, source: null };
      return;
    }
    for (const name of names) {
      await Promise.resolve();
      const slice = { path: join(path, name), offset: 0, sizeBytes: null };
      yield { kind: 'entries', entries: [{ name, slice, source }] };
    }
  }

  async *openArchive(kind: ArchiveKind, entry: MediaEntry, context: OpenContext): AsyncGenerator<Found> {
    const [, password, ...texts] = readFileSync(entry.slice.path, 'utf8').split('|');
    const source: Source = {
      ...this.source('zip', entry.slice.path),
      ...{ pathInParent: entry.name, parent: entry.source, canReference: false },
    };
    yield { kind: 'source', source };
    if (password !== '') {
      const given = await context.askPassword({ archiveId: 1, label: entry.name, wasWrong: false });
      this.passwords.push(given);
      if (given !== password) {
        const problem = { path: entry.name, code: 'archive/password', reason: 'No password.' } as const;
        yield { kind: 'problem', problem, source };
        return;
      }
    }
    for (const [index, text] of texts.entries()) {
      const path = join(context.spoolDirectory, `${kind}-${index}`);
      await context.roomFor(text.length);
      writeFileSync(path, text);
      yield {
        kind: 'entries',
        entries: [{ name: `${entry.name}/${index}`, slice: { path, offset: 0, sizeBytes: null }, source }],
      };
    }
  }

  source(kind: SourceKind, path: string): Source {
    const { isRemovable } = this;
    return { kind, path, label: basename(path), pathInParent: '', parent: null, isRemovable, canReference: true };
  }
}

const gone: ScanResult = {
  ...{ kind: 'failed', code: 'file/not-found', reason: 'The file is not there (any more).', isDicom: false },
  systemCode: 'ENOENT',
};
const broken: ScanResult = {
  ...{ kind: 'failed', code: 'file/truncated', reason: 'It ends early.', isDicom: true },
  systemCode: '',
};

interface Kept {
  readonly arrival: Incoming['arrival'];
  readonly studyId: number;
}

/** The library's writing side, in memory: one study for each patient. */
export class WorldLibrary {
  readonly kept = new Map<string, Kept>();
  readonly taken: Incoming[] = [];
  readonly discarded: Incoming[] = [];
  readonly lines: ImportLine[] = [];
  readonly finished: ImportReport[] = [];
  readonly newSources: NewSource[] = [];
  /** Thrown by the next `take`. */
  failures: Error[] = [];
  /** Thrown by the next `addLines`. */
  lineFailures: Error[] = [];
  readonly #patients: string[] = [];

  readonly incomingDirectory: string;

  constructor(incomingDirectory: string) {
    this.incomingDirectory = incomingDirectory;
    this.intake.incomingDirectory = incomingDirectory;
  }

  readonly intake = {
    incomingDirectory: '',
    take: (batch: readonly Incoming[]): IntakeOutcome[] => {
      const failure = this.failures.shift();
      if (failure) throw failure;
      return batch.map((incoming) => this.#take(incoming, null));
    },
    settle: (incoming: Incoming, isSame: boolean): IntakeOutcome => this.#take(incoming, isSame),
    discard: (batch: readonly Incoming[]): void => void this.discarded.push(...batch),
    knownUids: (uids: readonly string[]): ReadonlySet<string> => new Set(uids.filter((uid) => this.kept.has(uid))),
  };

  readonly sources = {
    put: (source: NewSource): number => {
      const index = this.newSources.findIndex(({ kind, path, label }) => same([kind, path, label], source));
      return index < 0 ? this.newSources.push(source) : index + 1;
    },
    characterSetAt: (): string | null => null,
    setCharacterSet: (): void => undefined,
  };

  readonly imports = {
    begin: (): number => 1,
    addLines: (_importId: number, lines: readonly ImportLine[]): void => {
      const failure = this.lineFailures.shift();
      if (failure) throw failure;
      this.lines.push(...lines);
    },
    finish: (report: ImportReport): void => void this.finished.push(report),
    reports: (): readonly ImportReport[] => this.finished,
    lines: () => ({ total: this.lines.length, lines: this.lines }),
  };

  #take(incoming: Incoming, isSame: boolean | null): IntakeOutcome {
    const { header, arrival } = incoming;
    if (!this.#patients.includes(header.patientKey)) this.#patients.push(header.patientKey);
    const studyId = this.#patients.indexOf(header.patientKey) + 1;
    const known = this.kept.get(header.sopUid);
    const outcome = (kind: 'added' | 'known' | 'aside') => ({ kind, studyId, instanceId: this.kept.size });
    if (!known) {
      if (arrival.kind === 'reference' || existsSync(arrival.partPath)) this.taken.push(incoming);
      this.kept.set(header.sopUid, { arrival, studyId });
      return outcome('added');
    }
    if (isSame !== null) return outcome(isSame ? 'known' : 'aside');
    if (known.arrival.sizeBytes !== arrival.sizeBytes) return outcome('aside');
    const isSamePlace =
      known.arrival.kind === 'reference' && arrival.kind === 'reference' && known.arrival.path === arrival.path;
    if (isSamePlace) return outcome('known');
    const knownPath = known.arrival.kind === 'reference' ? known.arrival.path : known.arrival.partPath;
    const knownSha256 = known.arrival.kind === 'copy' ? known.arrival.originSha256 : null;
    return { kind: 'unsettled', studyId, instanceId: 0, knownPath, knownSha256 };
  }
}

function same([kind, path, label]: readonly [string, string, string], other: NewSource): boolean {
  return kind === other.kind && path === other.path && label === other.label;
}
