/** What an import led to, told calmly and once: one notice, with the problems counted in it. */
import type { ImportReport } from '../../../src-shared/contract';
import { services } from '../../host';
import { formatCount, t } from '../../strings';
import { dismissNotice, notify, type Notice } from '../../viewing/notices';
import type { ImportOutcome } from './importQueue';
import { putReports, showReport, type ImportJob } from './importStore';

let lastNotice = 0;

/** What an earlier import had to say is out of date once the next one has spoken. */
function tell(notice: Omit<Notice, 'id'>): void {
  dismissNotice(lastNotice);
  lastNotice = notify(notice);
}

export function tellOutcome(outcome: ImportOutcome): void {
  switch (outcome.kind) {
    case 'cancelled':
      if (outcome.hasTaken) tellCancelled();
      else tell({ tone: 'info', message: t('import.done.notBegun') });
      break;
    case 'failed': {
      const what = nameOf(outcome.job);
      tell({ tone: 'caution', message: t('import.done.openFailed', { what, reason: reasonOf(outcome.error) }) });
      break;
    }
    case 'report': {
      const notice = noticeOf(outcome.report);
      if (notice) tell(notice);
      break;
    }
  }
}

/** Reports of earlier imports, kept with the library. */
export async function readReports(): Promise<void> {
  putReports(await services().import.reports());
}

/** The page has left before the report came; the library has it. */
function tellCancelled(): void {
  const action = {
    label: t('import.done.showReport'),
    run: () => {
      showReport('latest');
      readReports().catch(() => undefined);
    },
  };
  tell({ tone: 'info', message: t('import.done.cancelled'), action });
}

/** What was taken and shows in the library needs few words; what was not is said. `null`: nothing to say. */
export function noticeOf(report: ImportReport): Omit<Notice, 'id'> | null {
  const action = { label: t('import.done.showReport'), run: () => showReport(report.importId) };
  const isInLibrary = report.added + report.partial + report.known + report.aside > 0;
  const problems = problemsText(report);
  if (problems !== '') {
    const added = isInLibrary ? addedText(report) : t('import.done.nothingAdded');
    return { tone: 'caution', message: `${added} ${problems}`, action };
  }
  if (report.wasCancelled) return { tone: 'info', message: t('import.done.cancelled'), action };
  if (report.seen === 0) return { tone: 'caution', message: t('import.done.empty') };
  if (!isInLibrary && report.notChosen > 0) return { tone: 'info', message: t('import.done.nothingChosen'), action };
  if (!isInLibrary) return { tone: 'caution', message: t('import.done.nothingFound', { count: report.seen }), action };
  if (report.warnings > 0)
    return { tone: 'caution', message: t('import.done.warnings', { count: report.warnings }), action };
  if (report.added === 0) return { tone: 'info', message: t('import.done.nothingNew'), action };
  return report.placement === 'copy' ? { tone: 'info', message: addedText(report), action } : null;
}

function addedText({ added, partial }: ImportReport): string {
  return added + partial === 0 ? t('import.done.nothingNew') : t('import.done.added', { count: added + partial });
}

function problemsText(report: ImportReport): string {
  const parts = [
    report.rejected > 0 && t('import.done.rejected', { count: report.rejected, seen: formatCount(report.seen) }),
    report.partial > 0 && t('import.done.partial', { count: report.partial }),
    report.aside > 0 && t('import.done.aside', { count: report.aside }),
    report.unreachable > 0 && t('import.done.unreachable', { count: report.unreachable }),
    report.announcedMissing > 0 && t('import.done.announcedMissing', { count: report.announcedMissing }),
  ];
  return parts.filter((part) => part !== false).join(' ');
}

function nameOf({ what }: ImportJob): string {
  return what === 'demo' ? t('import.commands.demo') : (what[0] ?? '');
}

export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
