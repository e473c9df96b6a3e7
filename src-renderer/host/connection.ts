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

/** Bad news that is over in the blink of an eye is still told long enough to be read. */
const READABLE_MS = 2000;

/** Until it was ready once, there is nothing to be told about. */
let wasReady = false;
let shownAtMs = 0;
let goodNews: ReturnType<typeof setTimeout> | undefined;

export function setConnection(status: Connection['status'], message = ''): void {
  clearTimeout(goodNews);
  const now = connectionStore.getState().status;
  const isBad = now === 'restarting' || now === 'lost';
  const waitMs = status === 'ready' && isBad && wasReady ? shownAtMs + READABLE_MS - performance.now() : 0;
  if (waitMs > 0) goodNews = setTimeout(() => show({ status, message }), waitMs);
  else show({ status, message });
}

function show(connection: Connection): void {
  if (connection.status === 'ready') wasReady = true;
  if (connection.status !== connectionStore.getState().status) shownAtMs = performance.now();
  connectionStore.setState(connection, true);
}

/** Resolves once the store says `ready`; rejects with what `onGone` makes when it says `failed` or after `timeoutMs`. */
export async function untilReady(timeoutMs: number, onGone: () => Error): Promise<void> {
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
    const timer = setTimeout(() => finish('gone'), timeoutMs);
    const unsubscribe = connectionStore.subscribe((now) => {
      if (now.status === 'ready') finish('ready');
      if (now.status === 'failed') finish('gone');
    });
  });
}
