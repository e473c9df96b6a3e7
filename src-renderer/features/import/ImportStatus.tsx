import { useStore } from 'zustand';
import type { ImportProgress } from '../../../src-shared/contract';
import { formatBytes, formatCount, formatDuration, t } from '../../strings';
import { Button, ProgressLine } from '../../ui';
import { CHOICE_ID } from './choosing/ChoicePanel';
import { importStore, isAskingChoice, type RunningImport } from './importStore';
import { cancelImport } from './opening';
import { doneShare, phaseText } from './progressText';
import './import.css';

/** What is being imported, how far, how fast, how long still, and a way to stop it: one line of the status bar. */
export function ImportStatus() {
  const { running, waiting } = useStore(importStore);
  const isAsking = useStore(importStore, isAskingChoice);
  if (!running) return null;
  const { progress, isCancelling, pause } = running;
  const isWaiting = progress?.phase === 'choosing' || pause !== null;
  return (
    <div className="import-status">
      <span className={pause ? 'is-caution' : undefined}>{phaseText(running)}</span>
      {!isWaiting && <ProgressLine label={t('import.progress.label')} value={progress && doneShare(progress)} />}
      {progress && <Figures progress={progress} running={running} />}
      {waiting.length > 0 && <span>{t('import.progress.waiting', { count: waiting.length })}</span>}
      {isAsking && (
        <Button size="small" onClick={focusChoice}>
          {t('import.progress.show')}
        </Button>
      )}
      <Button size="small" tone="quiet" disabled={isCancelling} onClick={cancelImport}>
        {isCancelling ? t('import.progress.cancelling') : t('import.progress.cancel')}
      </Button>
    </div>
  );
}

export function focusChoice(): void {
  document.getElementById(CHOICE_ID)?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
}

interface FiguresProps {
  readonly progress: ImportProgress;
  readonly running: RunningImport;
}

function Figures({ progress, running }: FiguresProps) {
  const { phase, found, seen, rejected, filesPerSecond, secondsLeft, bytesDone, bytesTotal } = progress;
  if (running.job.what === 'demo' && !progress.isWalkOver) {
    return <span>{t('import.progress.made', { made: formatCount(found) })}</span>;
  }
  const isMoving = phase !== 'choosing' && running.pause === null;
  return (
    <>
      <span>
        {seen === 0 || phase === 'choosing'
          ? t('import.progress.found', { found: formatCount(found) })
          : t('import.progress.done', { done: formatCount(seen), found: formatCount(found) })}
      </span>
      {phase === 'taking' && bytesTotal !== null && bytesTotal > 0 && (
        <span>{t('import.progress.bytes', { done: formatBytes(bytesDone), total: formatBytes(bytesTotal) })}</span>
      )}
      {rejected > 0 && (
        <span className="is-caution">{t('import.progress.failed', { failed: formatCount(rejected) })}</span>
      )}
      {isMoving && filesPerSecond > 0 && (
        <span>{t('import.progress.rate', { rate: formatCount(filesPerSecond) })}</span>
      )}
      {isMoving && secondsLeft !== null && (
        <span>{t('import.progress.left', { left: formatDuration(secondsLeft) })}</span>
      )}
    </>
  );
}
