/**
 * One link whose wire changes under it: services restart, sockets reconnect, the client that callers hold stays.
 * Calls made while there is no wire wait for the next one.
 */
import { goneError } from './errors';
import { linkOverWire, type CallLink } from './client';
import type { Wire } from './wire';

const WAIT_FOR_WIRE_MS = 20_000;

export interface SwitchingLink extends CallLink {
  /** From now on calls go here; those in flight on the earlier wire fail with `service/gone` when it closes. */
  switchTo(wire: Wire): void;
  /** No wire for now: calls wait. */
  detach(): void;
  /** No wire any more: calls fail, those waiting too. */
  giveUp(): void;
}

export function createSwitchingLink(waitMs = WAIT_FOR_WIRE_MS): SwitchingLink {
  let link: CallLink | null = null;
  let isHopeless = false;
  const waiting = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of [...waiting]) wake();
  };

  const currentLink = async (signal: AbortSignal | undefined): Promise<CallLink> => {
    if (!link && !isHopeless) await untilWoken(waiting, waitMs, signal);
    if (!link) throw goneError();
    return link;
  };

  return {
    async call(path, input, options) {
      const target = await currentLink(options.signal);
      return target.call(path, input, options);
    },
    switchTo(wire) {
      const mine = linkOverWire(wire);
      link = mine;
      isHopeless = false;
      wire.onClose(() => {
        if (link === mine) link = null;
      });
      wakeAll();
    },
    detach() {
      link = null;
    },
    giveUp() {
      link = null;
      isHopeless = true;
      wakeAll();
    },
  };
}

/** Until somebody wakes us or the time is over; rejects as cancelled when `signal` aborts. */
function untilWoken(waiting: Set<() => void>, waitMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      clearTimeout(timer);
      waiting.delete(finish);
      signal?.removeEventListener('abort', finish);
      if (signal?.aborted) reject(cancelled(signal));
      else resolve();
    };
    const timer = setTimeout(finish, waitMs);
    waiting.add(finish);
    signal?.addEventListener('abort', finish, { once: true });
    if (signal?.aborted) finish();
  });
}

/** What the canceller gave as reason, which by default is an `AbortError`. */
function cancelled(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new Error('The call was cancelled.', { cause: signal.reason });
}
