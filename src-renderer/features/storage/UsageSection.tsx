import { useState } from 'react';
import type { StorageUsage } from '../../../src-shared/contract';
import { formatBytes, t } from '../../strings';
import { Button, Field, Meter, MeterKey, NumberInput, PanelSection, type MeterPart } from '../../ui';
import { makeRoom, readUsage } from './actions';
import { GIGABYTE, quotaEffect } from './quota';
import { useWriteGuard } from './useWriteGuard';

export interface UsageSectionProps {
  readonly usage: StorageUsage;
  /** 10⁹ bytes; 0: no limit. */
  readonly quotaGb: number;
  readonly onQuota: (quotaGb: number) => Promise<void>;
}

/** One bar of what the library takes, against its limit or the disk; the limit, and what it does to what is there. */
export function UsageSection({ usage, quotaGb, onQuota }: UsageSectionProps) {
  const parts = partsOf(usage);
  const taken = parts.reduce((sum, { value }) => sum + value, 0);
  return (
    <PanelSection title={t('storage.usage.title')}>
      <p className="storage-taken">{takenText(taken, quotaGb)}</p>
      <Meter
        label={t('storage.usage.meter')}
        parts={parts}
        whole={quotaGb > 0 ? quotaGb * GIGABYTE : taken + usage.freeBytes}
      />
      <ul className="storage-keys">
        {parts.map(({ label, value, tone }) => (
          <li key={label}>
            <MeterKey tone={tone} label={label} />
            <span>{formatBytes(value)}</span>
          </li>
        ))}
        <li>
          <span>{t('storage.usage.free')}</span>
          <span>{formatBytes(usage.freeBytes)}</span>
        </li>
      </ul>
      <Field label={t('storage.quota.label')} hint={t('storage.quota.hint')}>
        {(id) => (
          <NumberInput
            id={id}
            min={0}
            max={1_000_000}
            unit={t('storage.quota.unit')}
            value={quotaGb}
            onChange={(value) => void onQuota(value).then(readUsage)}
          />
        )}
      </Field>
      <Effect usage={usage} quotaGb={quotaGb} />
    </PanelSection>
  );
}

/** What the limit does to what is there now. */
function Effect({ usage, quotaGb }: Pick<UsageSectionProps, 'usage' | 'quotaGb'>) {
  const [isBusy, setBusy] = useState(false);
  const guard = useWriteGuard();
  const { evictedBytes, overBytes } = quotaEffect(usage, quotaGb);
  const run = () => {
    setBusy(true);
    void makeRoom(quotaGb * GIGABYTE).finally(() => setBusy(false));
  };
  return (
    <div className="storage-effect">
      {overBytes > 0 && (
        <p className="is-caution">{t('storage.quota.cannotEvict', { bytes: formatBytes(overBytes) })}</p>
      )}
      {evictedBytes > 0 && (
        <>
          <p className="is-caution">{t('storage.quota.wouldEvict', { bytes: formatBytes(evictedBytes) })}</p>
          {guard(
            <Button size="small" disabled={isBusy} onClick={run}>
              {t('storage.quota.makeRoom')}
            </Button>,
          )}
        </>
      )}
      <p className="is-faint">
        {usage.evictableBytes > 0
          ? `${t('storage.usage.evictable', { bytes: formatBytes(usage.evictableBytes) })} ${t('storage.usage.pinned')}`
          : t('storage.usage.nothingEvictable')}
      </p>
    </div>
  );
}

function takenText(taken: number, quotaGb: number): string {
  const used = formatBytes(taken);
  if (quotaGb === 0) return t('storage.usage.noQuota', { used });
  return t('storage.usage.ofQuota', { used, quota: formatBytes(quotaGb * GIGABYTE) });
}

/** Files kept aside and in the trash lie among the copies. */
function partsOf({ copiedBytes, asideBytes, trashBytes }: StorageUsage): readonly MeterPart[] {
  return [
    { label: t('storage.usage.copies'), value: Math.max(copiedBytes - asideBytes - trashBytes, 0), tone: 'first' },
    { label: t('storage.usage.aside'), value: asideBytes, tone: 'second' },
    { label: t('storage.usage.trash'), value: trashBytes, tone: 'third' },
  ];
}
