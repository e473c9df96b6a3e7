/** Ways in: paths, the dialog, the demo study; and what a person says to the import that runs. */
import type { ImportChoice, ImportOptions, ImportReport } from '../../../src-shared/contract';
import { services, shell } from '../../host';
import { t } from '../../strings';
import { notify } from '../../viewing/notices';
import { createImportQueue, type ImportOutcome } from './importQueue';
import { askPath, importStore } from './importStore';
import { reasonOf, tellOutcome } from './tellOutcome';

const queue = createImportQueue(
  {
    open: (paths, options, signal) => services().import.open({ paths: [...paths], options }, { signal }),
    openDemo: (signal) => services().import.openDemo(undefined, { signal }),
    choose: (jobId, choice) => services().import.choose({ jobId, choice }),
    password: (jobId, archiveId, password) => services().import.password({ jobId, archiveId, password }),
    resume: (jobId) => services().import.resume({ jobId }),
  },
  tellOutcome,
);

/** Imports absolute paths; the report, or `null` when there is none. */
export async function importPaths(paths: readonly string[], options: ImportOptions = {}): Promise<ImportReport | null> {
  return paths.length === 0 ? null : reportOf(await queue.add(paths, options));
}

/** Adds the computed study. */
export async function importDemo(): Promise<ImportReport | null> {
  return reportOf(await queue.add('demo'));
}

export function cancelImport(): void {
  queue.cancel();
}

/** Takes what was chosen of the survey. */
export function takeChoice(choice: ImportChoice): Promise<void> {
  return saying(queue.choose(choice));
}

/** Surveys the same paths again, their text read with another character set (`null`: the files' own). */
export function surveyWithCharacterSet(characterSet: string | null): void {
  const options = importStore.getState().running?.job.options;
  if (options) queue.restart({ ...options, characterSet, asks: true });
}

/** `null` leaves the archive out. */
export function answerPassword(archiveId: number, password: string | null): Promise<void> {
  return saying(queue.answerPassword(archiveId, password));
}

/** Tries again at once what is paused. */
export function resumeImport(): Promise<void> {
  return saying(queue.resume());
}

/** Asks for files or a folder with the host's dialog, or for a path where there is none. */
export async function chooseAndImport(kind: 'files' | 'folder'): Promise<ImportReport | null> {
  const { hasNativeDialog } = await shell().info();
  if (!hasNativeDialog) {
    askPath(true);
    return null;
  }
  return importPaths(await shell().openDialog({ kind }));
}

/** Whether an import runs now. */
export function isImporting(): boolean {
  return importStore.getState().running !== null;
}

function reportOf(outcome: ImportOutcome): ImportReport | null {
  return outcome.kind === 'report' ? outcome.report : null;
}

/** An answer that does not reach the import is said; the question stays or comes again. */
async function saying(answer: Promise<void>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    notify({ tone: 'caution', message: t('import.answerFailed', { reason: reasonOf(error) }) });
  }
}
