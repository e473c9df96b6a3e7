import { useStore } from 'zustand';
import type { ImportProgress } from '../../../src-shared/contract';
import { formatCount, formatDuration, t } from '../../strings';
import { Button, ProgressLine } from '../../ui';
import { importStore, type RunningImport } from './importStore';
import { cancelImport } from './opening';
import './import.css';

/** What is being opened, how far, how fast, how long still, and a way to stop it: one line of the status bar. */
export function ImportStatus() {
  const { running, waiting } = useStore(importStore);
  if (!running) return null;
  const { progress, isCancelling } = running;
  return (
    <div className="import-status">
      <span>{phaseText(running)}</span>
      <ProgressLine label={t('import.progress.label')} value={progress && doneShare(progress)} />
      {progress && <Figures progress={progress} isDemo={running.job.what === 'demo'} />}
      {waiting.length > 0 && <span>{t('import.progress.waiting', { count: waiting.length })}</span>}
      <Button size="small" tone="quiet" disabled={isCancelling} onClick={cancelImport}>
        {isCancelling ? t('import.progress.cancelling') : t('import.progress.cancel')}
      </Button>
    </div>
  );
}

interface FiguresProps {
  readonly progress: ImportProgress;
  /** Its files are not found but made. */
  readonly isDemo: boolean;
}

function Figures({ progress, isDemo }: FiguresProps) {
  const { found, read, failed, filesPerSecond, secondsLeft } = progress;
  if (isDemo && progress.phase === 'walking') {
    return <span>{t('import.progress.made', { made: formatCount(found) })}</span>;
  }
  return (
    <>
      <span>{t('import.progress.found', { found: formatCount(found) })}</span>
      <span>{t('import.progress.read', { read: formatCount(read) })}</span>
      {failed > 0 && <span className="is-caution">{t('import.progress.failed', { failed: formatCount(failed) })}</span>}
      {filesPerSecond > 0 && <span>{t('import.progress.rate', { rate: formatCount(filesPerSecond) })}</span>}
      {secondsLeft !== null && <span>{t('import.progress.left', { left: formatDuration(secondsLeft) })}</span>}
    </>
  );
}

function phaseText({ job, progress }: RunningImport): string {
  if (progress?.phase === 'reading') return t('import.progress.reading');
  return job.what === 'demo' ? t('import.progress.demo') : t('import.progress.walking');
}

/** The share of files looked at, 0 to 1; `null` while more are being found. */
export function doneShare({ phase, found, read }: ImportProgress): number | null {
  return phase === 'walking' || found === 0 ? null : read / found;
}
