import { Layers } from 'lucide-react';
import { t } from '../strings';
import { Button, EmptyState } from '../ui';
import { goTo } from '../viewing/place';

/** The reading place before anything was opened. */
export function NothingOpen() {
  return (
    <EmptyState
      icon={<Layers size={32} strokeWidth={1.25} />}
      title={t('app.readingPlaceholder.title')}
      body={t('app.readingPlaceholder.body')}
    >
      <Button tone="primary" keys="F2" onClick={() => goTo('library')}>
        {t('app.readingPlaceholder.action')}
      </Button>
    </EmptyState>
  );
}
