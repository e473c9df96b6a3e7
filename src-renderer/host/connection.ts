/** Whether the page can reach the services, as the window shows it. */
import { createStore } from 'zustand/vanilla';

export interface Connection {
  /**
   * `lost`: the host itself does not answer. `restarting`: the service process died and is being started again; the
   * screen stays. `failed`: it will not come back by itself; `message` says what to do.
   */
  readonly status: 'connecting' | 'ready' | 'lost' | 'restarting' | 'failed';
  readonly message: string;
}

export const connectionStore = createStore<Connection>(() => ({ status: 'connecting', message: '' }));

export function setConnection(status: Connection['status'], message = ''): void {
  connectionStore.setState({ status, message }, true);
}

/** Resolves once the store says `ready`; rejects with what `onGone` makes when it says `failed` or after `timeoutMs` (`null`: never). */
export async function untilReady(timeoutMs: number | null, onGone: () => Error): Promise<void> {
  const { status } = connectionStore.getState();
  if (status === 'ready') return;
  if (status === 'failed') throw onGone();
  await new Promise<void>((resolve, reject) => {
    const finish = (outcome: 'ready' | 'gone') => {
      clearTimeout(timer);
      unsubscribe();
      if (outcome === 'ready') resolve();
      else reject(onGone());
    };
    const timer = timeoutMs === null ? undefined : setTimeout(() => finish('gone'), timeoutMs);
    const unsubscribe = connectionStore.subscribe((now) => {
      if (now.status === 'ready') finish('ready');
      if (now.status === 'failed') finish('gone');
    });
  });
}
