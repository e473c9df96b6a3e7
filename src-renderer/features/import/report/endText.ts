/** How an import ended, where it did not end by itself. */
import type { ImportReport } from '../../../../src-shared/contract';
import { t } from '../../../strings';
import type { Imports } from '../importStore';

/** `''`: it ended by itself. The newest one that has no end is the one that runs. */
export function endText(report: ImportReport, { running, reports }: Pick<Imports, 'running' | 'reports'>): string {
  if (report.wasInterrupted && running !== null && reports[0]?.importId === report.importId) {
    return t('import.report.runs');
  }
  if (report.wasInterrupted) return t('import.report.interrupted');
  return report.wasCancelled ? t('import.report.cancelled') : '';
}
