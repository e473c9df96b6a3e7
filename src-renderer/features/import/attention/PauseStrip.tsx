import { CirclePause } from 'lucide-react';
import { useState } from 'react';
import type { ImportPause } from '../../../../src-shared/contract';
import { formatBytes, t } from '../../../strings';
import { Button } from '../../../ui';
import { cancelImport, resumeImport } from '../opening';

/** The import waits: for what, and how it goes on. */
export function PauseStrip({ pause }: { readonly pause: ImportPause }) {
  const [isTrying, setTrying] = useState(false);
  const tryAgain = () => {
    setTrying(true);
    void resumeImport().then(() => setTrying(false));
  };
  return (
    <div className="import-strip is-caution" role="alert" data-testid="import-paused">
      <CirclePause size={16} strokeWidth={1.5} />
      <p>{pauseText(pause)}</p>
      <Button size="small" disabled={isTrying} onClick={tryAgain}>
        {t('import.pause.again')}
      </Button>
      <Button size="small" tone="quiet" onClick={cancelImport}>
        {t('import.pause.cancel')}
      </Button>
    </div>
  );
}

export function pauseText(pause: ImportPause): string {
  switch (pause.reason) {
    case 'disk-full':
      return t('import.pause.diskFull', {
        needed: formatBytes(pause.neededBytes),
        free: formatBytes(pause.freeBytes),
      });
    case 'medium-gone':
      return t('import.pause.mediumGone', { label: pause.label });
  }
}
