import { PlugZap, Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { connectionStore, type Connection } from '../host';
import { t } from '../strings';
import { Button, classes } from '../ui';

/** A start that takes no longer than this needs no words. */
const PATIENCE_MS = 800;

/** Says that the services cannot be reached, and what happens next; what is on screen stays. */
export function ConnectionBanner() {
  const connection = useStore(connectionStore);
  const isStarting = useIsStarting(connection.status);
  const hasWaited = useHasWaited(isStarting);
  if (connection.status === 'ready' || (isStarting && !hasWaited)) return null;
  const isFailed = connection.status === 'failed';
  const Icon = isFailed ? Unplug : PlugZap;
  return (
    <div className={classes('app-banner', isFailed && 'is-failed')} role="status" data-testid="connection-banner">
      <Icon size={14} strokeWidth={1.5} />
      <span>{bannerText(connection, isStarting)}</span>
      {isFailed && (
        <Button size="small" onClick={() => location.reload()}>
          {t('app.connection.reload')}
        </Button>
      )}
    </div>
  );
}

export function bannerText({ status, message }: Connection, isStarting: boolean): string {
  if (isStarting || status === 'ready') return t('app.connection.connecting');
  return message || t(`app.connection.${status}`);
}

/** Until the services have answered once, nothing was lost. */
function useIsStarting(status: Connection['status']): boolean {
  const [wasReady, setWasReady] = useState(status === 'ready');
  if (status === 'ready' && !wasReady) setWasReady(true);
  return !wasReady && status !== 'failed' && status !== 'ready';
}

function useHasWaited(isWaiting: boolean): boolean {
  const [hasWaited, setWaited] = useState(false);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setWaited(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return hasWaited;
}
