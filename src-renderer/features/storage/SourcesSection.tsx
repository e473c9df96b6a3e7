import { Disc3, FileArchive, Folder, FlaskConical } from 'lucide-react';
import type { SourceKind, SourceUsage, StorageUsage } from '../../../src-shared/contract';
import { formatBytes, t } from '../../strings';
import { Meter, PanelSection } from '../../ui';

/** More sources than this are counted, not drawn. */
const LISTED = 30;

/** How much came from where, the largest first. */
export function SourcesSection({ usage }: { readonly usage: StorageUsage }) {
  const sources = usage.bySource.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  const largest = sources[0] ? sizeOf(sources[0]) : 0;
  return (
    <PanelSection title={t('storage.sources.title')}>
      {sources.length === 0 && <p className="is-faint">{t('storage.sources.none')}</p>}
      <ul className="storage-sources">
        {sources.slice(0, LISTED).map((source) => (
          <Source key={source.sourceId} source={source} largest={largest} />
        ))}
      </ul>
      {sources.length > LISTED && (
        <p className="is-faint">{t('storage.sources.more', { count: sources.length - LISTED })}</p>
      )}
    </PanelSection>
  );
}

function Source({ source, largest }: { readonly source: SourceUsage; readonly largest: number }) {
  const Icon = ICONS[source.kind];
  const words = [
    t('storage.sources.studies', { count: source.studies }),
    source.copiedBytes > 0 && t('storage.sources.copied', { bytes: formatBytes(source.copiedBytes) }),
    source.referencedBytes > 0 && t('storage.sources.referenced', { bytes: formatBytes(source.referencedBytes) }),
  ].filter((part) => part !== false);
  return (
    <li>
      <span className="storage-source-name" title={source.label}>
        <Icon size={14} strokeWidth={1.5} />
        {source.label}
      </span>
      <Meter
        label={source.label}
        whole={largest}
        parts={[
          { label: t('storage.usage.copies'), value: source.copiedBytes, tone: 'first' },
          { label: source.label, value: source.referencedBytes, tone: 'second' },
        ]}
      />
      <span className="is-faint">{words.join(' · ')}</span>
    </li>
  );
}

const ICONS: Readonly<Record<SourceKind, typeof Folder>> = {
  folder: Folder,
  files: Folder,
  'dicom-media': Disc3,
  iso: Disc3,
  zip: FileArchive,
  tar: FileArchive,
  demo: FlaskConical,
};

function sizeOf({ copiedBytes, referencedBytes }: SourceUsage): number {
  return copiedBytes + referencedBytes;
}
