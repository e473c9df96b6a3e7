import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { StorageUsage } from '../../../src-shared/contract';
import { t } from '../../strings';
import { Button, CopyButton, Panel, PanelSection } from '../../ui';
import { readUsage } from './actions';
import { CheckSection } from './CheckSection';
import { SourcesSection } from './SourcesSection';
import { showStorage, storageStore } from './storageStore';
import { TrashSection } from './TrashSection';
import { UsageSection } from './UsageSection';
import './storage.css';

export interface StoragePanelProps {
  /** The limit for copies, 10⁹ bytes; 0: none. It is a setting, so whoever holds the settings keeps it. */
  readonly quotaGb: number;
  readonly onQuota: (quotaGb: number) => Promise<void>;
}

/** The library as files: where it is, how much it takes, whether it is sound. */
export function StoragePanel(props: StoragePanelProps) {
  const { usage, failure } = useStore(storageStore);
  useEffect(() => void readUsage(), []);
  return (
    <Panel title={t('storage.title')} closeLabel={t('app.common.close')} onClose={() => showStorage(false)}>
      <div className="storage">
        {failure !== '' && <Failure reason={failure} />}
        {!usage && failure === '' && <p className="storage-reading">{t('storage.reading')}</p>}
        {usage && <Known {...props} usage={usage} />}
        <CheckSection />
      </div>
    </Panel>
  );
}

function Failure({ reason }: { readonly reason: string }) {
  return (
    <section className="ui-panel-section">
      <p className="is-caution">{t('storage.readFailed', { reason })}</p>
      <Button size="small" onClick={() => void readUsage()}>
        {t('storage.again')}
      </Button>
    </section>
  );
}

function Known({ usage, quotaGb, onQuota }: StoragePanelProps & { readonly usage: StorageUsage }) {
  return (
    <>
      <PanelSection title={t('storage.where')}>
        <p className="storage-directory ui-selectable">{usage.directory}</p>
        <CopyButton
          label={t('storage.copyDirectory')}
          doneLabel={t('app.common.copied')}
          failedLabel={t('app.common.notCopied')}
          text={() => usage.directory}
        />
      </PanelSection>
      <UsageSection usage={usage} quotaGb={quotaGb} onQuota={onQuota} />
      <SourcesSection usage={usage} />
      <TrashSection usage={usage} />
    </>
  );
}
