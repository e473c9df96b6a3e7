/** A running import in a few words, and how far it is. */
import type { ImportProgress } from '../../../src-shared/contract';
import { t } from '../../strings';
import type { RunningImport } from './importStore';

export function phaseText({ job, progress, pause }: RunningImport): string {
  if (pause) return t('import.progress.paused');
  if (job.what === 'demo' && progress?.isWalkOver !== true) return t('import.progress.demo');
  switch (progress?.phase) {
    case 'unpacking':
      return t('import.progress.unpacking');
    case 'choosing':
      return t('import.progress.choosing');
    case 'taking':
      return t('import.progress.taking');
    case 'surveying':
    case 'done':
    case 'cancelled':
    case undefined:
      return t('import.progress.surveying');
  }
}

/** How far the present phase is, 0 to 1: by bytes where they are known, else by files; `null` while neither is. */
export function doneShare({ phase, found, seen, isWalkOver, bytesDone, bytesTotal }: ImportProgress): number | null {
  if (phase === 'unpacking') return null;
  if (phase === 'taking' && bytesTotal !== null && bytesTotal > 0) return Math.min(bytesDone / bytesTotal, 1);
  return isWalkOver && found > 0 && seen > 0 ? Math.min(seen / found, 1) : null;
}
