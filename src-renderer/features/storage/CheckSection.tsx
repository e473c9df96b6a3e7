import { useStore } from 'zustand';
import { formatCount, t } from '../../strings';
import { Button, PanelSection, ProgressLine } from '../../ui';
import { cancelCheck, startCheck } from './actions';
import { checkWords } from './checkText';
import { storageStore, type Check } from './storageStore';
import { useWriteGuard } from './useWriteGuard';

/** Verifying and rebuilding: buttons, progress, and what came of it. */
export function CheckSection() {
  const check = useStore(storageStore, (state) => state.check);
  const isRunning = check?.status === 'running';
  const guard = useWriteGuard();
  return (
    <PanelSection title={t('storage.check.title')}>
      {check && <CheckState check={check} />}
      <p className="is-faint">{t('storage.check.hint')}</p>
      <div className="storage-actions">
        {guard(
          <Button size="small" disabled={isRunning} onClick={() => startCheck('quick')}>
            {t('storage.check.quick')}
          </Button>,
        )}
        {guard(
          <Button size="small" disabled={isRunning} onClick={() => startCheck('deep')}>
            {t('storage.check.deep')}
          </Button>,
        )}
        {guard(
          <Button size="small" disabled={isRunning} onClick={() => startCheck('rebuild')}>
            {t('storage.check.rebuild')}
          </Button>,
        )}
      </div>
      <p className="is-faint">{t('storage.check.rebuildHint')}</p>
    </PanelSection>
  );
}

function CheckState({ check }: { readonly check: Check }) {
  switch (check.status) {
    case 'running':
      return <Running check={check} />;
    case 'failed':
      return <p className="storage-check is-caution">{t('storage.check.failed', { reason: check.reason })}</p>;
    case 'left':
      return <p className="storage-check">{t('storage.check.left')}</p>;
    case 'done': {
      const { headline, findings, isWorrying } = checkWords(check.report);
      const tone = isWorrying ? 'is-caution' : findings.length === 0 && !check.report.wasCancelled ? 'is-complete' : '';
      return (
        <div className="storage-check ui-selectable" role="status" data-testid="check-report">
          <p className={tone}>{headline}</p>
          <ul>
            {findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        </div>
      );
    }
  }
}

function Running({ check }: { readonly check: Extract<Check, { status: 'running' }> }) {
  const { kind, progress } = check;
  const share = progress && progress.total > 0 ? progress.checked / progress.total : null;
  const words = t(`storage.check.running.${kind}`);
  return (
    <div className="storage-check">
      <p>
        {words}
        {progress && progress.total > 0 && (
          <span className="is-faint">
            {' '}
            {t('storage.check.progress', {
              checked: formatCount(progress.checked),
              total: formatCount(progress.total),
            })}
          </span>
        )}
      </p>
      <ProgressLine label={words} value={share} />
      <Button size="small" tone="quiet" onClick={cancelCheck}>
        {t('storage.check.cancel')}
      </Button>
    </div>
  );
}
