/** A check's report in words: what was looked at, then only what was found. */
import type { VerifyReport } from '../../../src-shared/contract';
import { formatDuration, t } from '../../strings';

const FINDINGS = ['missing', 'damaged', 'restored', 'adopted', 'unreadable', 'leftovers', 'corrected'] as const;

export interface CheckWords {
  readonly headline: string;
  readonly findings: readonly string[];
  /** Something is lost or could not be repaired. */
  readonly isWorrying: boolean;
}

export function checkWords(report: VerifyReport): CheckWords {
  const found = FINDINGS.filter((kind) => report[kind] > 0);
  return {
    headline: headlineOf(report, found.length === 0),
    findings: found.map((kind) => t(`storage.check.${kind}`, { count: report[kind] })),
    isWorrying: report.missing > 0 || report.damaged > 0,
  };
}

function headlineOf({ checked, seconds, wasCancelled }: VerifyReport, isSound: boolean): string {
  if (wasCancelled) return t('storage.check.cancelled', { count: checked });
  const duration = seconds < 1 ? `< ${formatDuration(1)}` : formatDuration(seconds);
  const values = { count: checked, duration };
  return isSound ? t('storage.check.sound', values) : t('storage.check.checked', values);
}
