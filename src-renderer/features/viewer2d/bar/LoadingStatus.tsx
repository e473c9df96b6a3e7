/** What the images cost and what is still on its way, in the window's status bar. */
import { useEffect, useState } from 'react';
import { formatBytes, formatCount, t } from '../../../strings';
import { StatusContent } from '../../../ui';
import { imagingSession } from '../session/imaging';

/** A number that changes faster cannot be read. */
const INTERVAL_MS = 250;

export function LoadingStatus() {
  const { queued, usedBytes } = useUsage();
  return (
    <StatusContent>
      {queued > 0 && <span>{t('reading.status.loading', { count: queued, shown: formatCount(queued) })}</span>}
      <span>{t('reading.status.memory', { used: formatBytes(usedBytes) })}</span>
    </StatusContent>
  );
}

function useUsage() {
  const { frames } = imagingSession();
  const [usage, setUsage] = useState(() => frames.usage());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = () => {
      timer = null;
      setUsage(frames.usage());
    };
    const unsubscribe = frames.subscribe(() => {
      timer ??= setTimeout(read, INTERVAL_MS);
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [frames]);
  return usage;
}
