/** Ways in: paths, the dialog, the demo study. What an opening led to is told calmly, once. */
import type { ImportReport } from '../../../src-shared/contract';
import { services, shell } from '../../host';
import { formatCount, t } from '../../strings';
import { dismissNotice, notify, type Notice } from '../../viewing/notices';
import { createImportQueue, type ImportOutcome } from './importQueue';
import { askPath, importStore, putReports, showReport } from './importStore';
import type { ImportJob } from './importStore';

const queue = createImportQueue(
  {
    open: (paths, signal) => services().import.open({ paths: [...paths] }, { signal }),
    openDemo: (signal) => services().import.openDemo(undefined, { signal }),
  },
  tellOutcome,
);

/** Opens absolute paths; the report, or `null` when there is none. */
export async function importPaths(paths: readonly string[]): Promise<ImportReport | null> {
  return paths.length === 0 ? null : reportOf(await queue.add(paths));
}

/** Opens the computed study. */
export async function importDemo(): Promise<ImportReport | null> {
  return reportOf(await queue.add('demo'));
}

export function cancelImport(): void {
  queue.cancel();
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

/** Reports of earlier openings, kept with the library. */
export async function readReports(): Promise<void> {
  putReports(await services().import.reports());
}

function reportOf(outcome: ImportOutcome): ImportReport | null {
  return outcome.kind === 'report' ? outcome.report : null;
}

let lastNotice = 0;

/** What an earlier opening had to say is out of date once the next one has spoken. */
function tell(notice: Omit<Notice, 'id'>): void {
  dismissNotice(lastNotice);
  lastNotice = notify(notice);
}

function tellOutcome(outcome: ImportOutcome): void {
  switch (outcome.kind) {
    case 'cancelled':
      tell({
        tone: 'info',
        message: t('import.done.cancelled'),
        action: { label: t('import.done.showReport'), run: () => showReport('latest') },
      });
      break;
    case 'failed': {
      const reason = outcome.error instanceof Error ? outcome.error.message : String(outcome.error);
      tell({ tone: 'caution', message: t('import.done.openFailed', { what: nameOf(outcome.job), reason }) });
      break;
    }
    case 'report':
      tellReport(outcome.report);
      break;
  }
}

/** What was read and shows in the library needs no words; what did not is said. */
function tellReport(report: ImportReport): void {
  const action = { label: t('import.done.showReport'), run: () => showReport(report.importId) };
  const seen = formatCount(report.seen);
  if (report.failed > 0) {
    tell({ tone: 'caution', message: t('import.done.failures', { count: report.failed, seen }), action });
  } else if (report.wasCancelled) {
    tell({ tone: 'info', message: t('import.done.cancelled'), action });
  } else if (report.seen === 0) {
    tell({ tone: 'caution', message: t('import.done.empty') });
  } else if (report.dicom === 0) {
    tell({ tone: 'caution', message: t('import.done.nothingFound', { count: report.seen }), action });
  } else if (report.warnings.length > 0) {
    tell({ tone: 'caution', message: t('import.done.warnings', { count: report.warnings.length }), action });
  } else if (report.added === 0) {
    tell({ tone: 'info', message: t('import.done.nothingNew') });
  }
}

function nameOf({ what }: ImportJob): string {
  return what === 'demo' ? t('import.commands.demo') : (what[0] ?? '');
}

/** Whether an opening runs now. */
export function isImporting(): boolean {
  return importStore.getState().running !== null;
}
