/** Browser mode: two WebSockets to the node host, opened again for as long as the page lives. */
import { hostLink, servicesLink } from './clients';
import { setConnection } from './connection';
import { followServiceState } from './serviceState';
import { openSocketWire } from './wires';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 4000;
const LOST = 'Isocenter is not answering. If it was closed, start it again; this page reconnects by itself.';

/** Starts connecting; the connection store says how it goes. */
export function connectToNodeHost(): void {
  void keepConnected();
}

async function keepConnected(): Promise<never> {
  for (let failures = 0; ;) {
    const hadHost = await connectOnce();
    failures = hadHost ? 0 : failures + 1;
    servicesLink.detach();
    setConnection('lost', LOST);
    await pause(Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS));
  }
}

/** Returns when the host is gone; whether it had been there. */
async function connectOnce(): Promise<boolean> {
  try {
    hostLink.switchTo(await openSocketWire(socketUrl('shell')));
  } catch {
    return false;
  }
  try {
    await followServiceState((generation) => void openServices(generation));
  } catch {
    // The host went away: that is what the caller reports.
  }
  return true;
}

/** The process may die again meanwhile; then the next state brings us here again. */
async function openServices(generation: number): Promise<void> {
  try {
    servicesLink.switchTo(await openSocketWire(`${socketUrl('services')}?generation=${String(generation)}`));
    setConnection('ready');
  } catch {
    setConnection('restarting');
  }
}

function socketUrl(name: 'shell' | 'services'): string {
  return new URL(`/rpc/${name}`, location.href).href.replace(/^http/, 'ws');
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}
