import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { StorageUsage } from '../../../src-shared/contract';
import { formatBytes, t } from '../../strings';
import { Button, PanelSection } from '../../ui';
import { emptyTrash } from './actions';
import { useWriteGuard } from './useWriteGuard';

/** What lies in the trash; ending it asks once more, in place. */
export function TrashSection({ usage }: { readonly usage: StorageUsage }) {
  const [step, setStep] = useState<'idle' | 'asking' | 'busy'>('idle');
  const guard = useWriteGuard();
  const empty = () => {
    setStep('busy');
    void emptyTrash().finally(() => setStep('idle'));
  };
  return (
    <PanelSection title={t('storage.trash.title')}>
      <p className="is-faint">
        {usage.trashBytes > 0 ? t('storage.trash.holds', { bytes: formatBytes(usage.trashBytes) }) : ''}
      </p>
      {step === 'idle' ? (
        guard(
          <Button size="small" icon={<Trash2 size={14} strokeWidth={1.5} />} onClick={() => setStep('asking')}>
            {t('storage.trash.action')}
          </Button>,
        )
      ) : (
        <div className="storage-sure">
          <p>{t('storage.trash.sureHint')}</p>
          <Button size="small" autoFocus disabled={step === 'busy'} onClick={() => setStep('idle')}>
            {t('storage.trash.keep')}
          </Button>
          <Button size="small" tone="quiet" disabled={step === 'busy'} onClick={empty}>
            {t('storage.trash.sure')}
          </Button>
        </div>
      )}
    </PanelSection>
  );
}
