/** The answering side: a router that implements a contract, served on a wire. */
import type { AnyRouter } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { toWireError } from './errors';
import { guardIteration, isAsyncIterable } from './iteration';
import { portOfWire, type Wire } from './wire';

export interface ServeOptions {
  /** Hears of every error that is a bug rather than an `AppError`; the caller gets a generic sentence only. */
  onUnexpected(error: unknown): void;
}

/**
 * Answers calls until the wire closes, which aborts the `signal` of every handler still running. Arguments are
 * validated by the contract before a handler sees them; a method not in the contract does not exist.
 */
export function serveOnWire(router: AnyRouter, wire: Wire, options: ServeOptions): void {
  const toError = (error: unknown) => toWireError(error, (unexpected) => options.onUnexpected(unexpected));
  const handler = new RPCHandler(router, {
    clientInterceptors: [
      async (call) => {
        try {
          const answer: unknown = await call.next();
          return isAsyncIterable(answer) ? guardIteration(answer, toError, call.signal) : answer;
        } catch (error) {
          throw toError(error);
        }
      },
    ],
  });
  handler.upgrade(portOfWire(wire), { context: {} });
}
