/** Verifying and rebuilding: one at a time, with progress; leaving the iteration stops it. */
import type { VerifyEvent } from '../../../src-shared/contract';
import { isChecking, storageStore, type Check, type CheckKind } from './storageStore';

/** What a check needs of the services, so that a test can stand in for them. */
export interface CheckSource {
  verify(isDeep: boolean, signal: AbortSignal): Promise<AsyncIterable<VerifyEvent>>;
  rebuild(signal: AbortSignal): Promise<AsyncIterable<VerifyEvent>>;
}

export interface Checks {
  /** Resolves when the check has ended; at once while another runs. */
  run(kind: CheckKind): Promise<void>;
  cancel(): void;
}

export function createChecks(source: CheckSource, onEnd: () => void): Checks {
  let controller: AbortController | null = null;

  const outcomeOf = async (kind: CheckKind, signal: AbortSignal): Promise<Check> => {
    let end: Check = { status: 'left', kind };
    try {
      const events = kind === 'rebuild' ? source.rebuild(signal) : source.verify(kind === 'deep', signal);
      for await (const event of await events) {
        if (event.kind === 'report') end = { status: 'done', kind, report: event.report };
        else storageStore.setState({ check: { status: 'running', kind, progress: event.progress } });
      }
    } catch (error) {
      if (!signal.aborted) return { status: 'failed', kind, reason: reasonOf(error) };
    }
    return end;
  };

  return {
    async run(kind) {
      if (isChecking()) return;
      controller = new AbortController();
      storageStore.setState({ check: { status: 'running', kind, progress: null } });
      storageStore.setState({ check: await outcomeOf(kind, controller.signal) });
      controller = null;
      onEnd();
    },
    cancel() {
      controller?.abort();
    },
  };
}

export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
