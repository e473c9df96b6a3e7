/** Follows what the host says of the service process, the same in Electron and in browser mode. */
import type { ServiceState } from '../../src-shared/contract';
import { servicesLink, shell } from './clients';
import { setConnection } from './connection';

/**
 * Reads states until the host's wire closes. `onRunning` is called for each start of the process that this page has no
 * wire to yet; it opens one (browser) or knows that one is on its way (Electron).
 */
export async function followServiceState(onRunning: (generation: number) => void): Promise<void> {
  for await (const state of await shell().serviceState()) applyState(state, onRunning);
}

function applyState(state: ServiceState, onRunning: (generation: number) => void): void {
  switch (state.status) {
    case 'running':
      onRunning(state.generation);
      break;
    case 'restarting':
      servicesLink.detach();
      setConnection('restarting', state.message);
      break;
    case 'failed':
      servicesLink.giveUp();
      setConnection('failed', state.message);
      break;
  }
}
