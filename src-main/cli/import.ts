/** `dcm import PATH… [--copy|--reference] …`: brings files, folders, media and archives in as the window does. */
import { resolve } from 'node:path';
import type { ImportEvent, ImportOptions, ImportProgress, ImportReport, SurveyTree } from '../../src-shared/contract';
import { createServices, type LocalServices } from '../compose/services';
import { choiceFrom, type Wishes } from './importChoices';
import { importResult, importSummary } from './importResult';
import { cliPlatform, parseCommandLine, UsageError, type CliIo, type ExitStatus } from './io';

export const importUsage =
  'import PATH… [--copy|--reference] [--exclude-series UID…] [--map-id OLD=NEW…] [--charset VALUE] [--password TEXT…] [--ask-nothing] [--library DIR] [--json]';

const PROGRESS_INTERVAL_MS = 1000;

export async function runImport(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values, positionals } = parseCommandLine({
    args: [...args],
    options: {
      library: { type: 'string' },
      json: { type: 'boolean', default: false },
      copy: { type: 'boolean', default: false },
      reference: { type: 'boolean', default: false },
      // Nothing is ever asked on the command line; scripts may say so.
      'ask-nothing': { type: 'boolean', default: false },
      'exclude-series': { type: 'string', multiple: true, default: [] },
      'map-id': { type: 'string', multiple: true, default: [] },
      password: { type: 'string', multiple: true, default: [] },
      charset: { type: 'string' },
    },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new UsageError('import needs at least one file or folder');
  if (values.copy && values.reference) throw new UsageError('import takes --copy or --reference, not both');
  const wishes: Wishes = { excludedSeriesUids: values['exclude-series'], patientIds: values['map-id'].map(mapping) };
  const placement = values.copy ? 'copy' : values.reference ? 'reference' : undefined;
  const options: ImportOptions = {
    asks: wishes.excludedSeriesUids.length + wishes.patientIds.length > 0,
    ...(placement ? { placement } : {}),
    ...(values.charset === undefined ? {} : { characterSet: values.charset }),
  };
  const paths = positionals.map((path) => resolve(path));

  const services = await createServices(cliPlatform(io, values.library), { background: false });
  try {
    const importing = { services, wishes, options, passwords: values.password, io };
    const report = await importPaths(paths, importing);
    await io.out(values.json ? JSON.stringify(importResult(report, services)) : importSummary(report, services));
    return isWhole(report) ? 0 : 1;
  } finally {
    await services.dispose();
  }
}

function isWhole({ rejected, unreachable, wasCancelled }: ImportReport): boolean {
  return rejected === 0 && unreachable === 0 && !wasCancelled;
}

function mapping(text: string): { readonly from: string; readonly to: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError('--map-id needs OLD=NEW');
  return { from: text.slice(0, at), to: text.slice(at + 1) };
}

interface Importing {
  readonly services: LocalServices;
  readonly wishes: Wishes;
  readonly options: ImportOptions;
  readonly passwords: readonly string[];
  readonly io: CliIo;
}

async function importPaths(paths: readonly string[], importing: Importing): Promise<ImportReport> {
  const { services, options, io } = importing;
  const answers = new Answers(importing);
  for await (const event of services.import.open(paths, options, io.signal)) {
    if (event.kind === 'report') return event.report;
    answers.to(event);
  }
  throw new Error('Assertion failed: an import ended without a report');
}

/** Answers what an import asks, and tells how it goes on. */
class Answers {
  readonly #importing: Importing;
  readonly #passwordsTried = new Map<number, number>();
  #jobId = 0;
  #toldAtMs = Date.now();

  constructor(importing: Importing) {
    this.#importing = importing;
  }

  to(event: ImportEvent): void {
    const { io } = this.#importing;
    if (event.kind === 'started') this.#jobId = event.jobId;
    else if (event.kind === 'tree' && event.isComplete) this.#choose(event.tree);
    else if (event.kind === 'password') this.#givePassword(event);
    else if (event.kind === 'paused') io.err(pauseLine(event));
    else if (event.kind === 'progress') this.#tell(event.progress);
  }

  #choose(tree: SurveyTree): void {
    const { services, wishes, options } = this.#importing;
    services.import.choose(this.#jobId, choiceFrom(tree, wishes, options.placement ?? 'copy'));
  }

  /** Each of the given ones in turn; then the archive is left out. */
  #givePassword({ archiveId, label }: Extract<ImportEvent, { kind: 'password' }>): void {
    const { services, passwords, io } = this.#importing;
    const tried = this.#passwordsTried.get(archiveId) ?? 0;
    this.#passwordsTried.set(archiveId, tried + 1);
    const password = passwords[tried] ?? null;
    if (password === null) io.err(`${label}: no fitting password was given, the archive is left out`);
    services.import.password(this.#jobId, archiveId, password);
  }

  #tell(progress: ImportProgress): void {
    if (Date.now() - this.#toldAtMs < PROGRESS_INTERVAL_MS) return;
    this.#toldAtMs = Date.now();
    this.#importing.io.err(progressLine(progress));
  }
}

function progressLine({ phase, found, seen, rejected, filesPerSecond, secondsLeft }: ImportProgress): string {
  const left = secondsLeft === null ? '' : `, ${secondsLeft.toFixed(0)} s left`;
  return `${phase}: ${seen} of ${found} files, ${rejected} rejected, ${filesPerSecond.toFixed(0)} files/s${left}`;
}

function pauseLine({ pause }: Extract<ImportEvent, { kind: 'paused' }>): string {
  if (pause.reason === 'medium-gone') return `paused: ${pause.label} is gone; put it back to go on`;
  return `paused: the disk is full, ${pause.neededBytes} bytes are needed, ${pause.freeBytes} are free`;
}
