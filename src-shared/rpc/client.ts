/** The calling side: a wire in, typed services out. `docs/decisions/0002-rpc-library.md` says why oRPC. */
import { createORPCClient, type ClientLink } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { AnyContractRouter, ContractRouterClient } from '@orpc/contract';
import { fromWireError, goneError } from './errors';
import { guardIteration, isAsyncIterable } from './iteration';
import { portOfWire, type Wire } from './wire';

/** Carries one call; what `createClient` stands on, so that a host can change wires under a living client. */
export type CallLink = ClientLink<NoContext>;

type NoContext = Record<PropertyKey, never>;

/** Calls of `T` as promises and async iterables; failures are `AppError`s, a lost wire is `service/gone`. */
export function createClient<T extends AnyContractRouter>(link: CallLink): ContractRouterClient<T> {
  return createORPCClient<ContractRouterClient<T>>(link);
}

/** A link over one wire. Once the wire has closed, calls in flight and later ones fail with `service/gone`. */
export function linkOverWire(wire: Wire): CallLink {
  let isOpen = true;
  wire.onClose(() => {
    isOpen = false;
  });
  const link = new RPCLink<NoContext>({
    port: portOfWire(wire),
    interceptors: [
      async (call) => {
        if (!isOpen) throw goneError();
        try {
          const answer = await call.next();
          return isAsyncIterable(answer)
            ? guardIteration(answer, (error) => fromWireError(error, false), call.signal)
            : answer;
        } catch (error) {
          throw fromWireError(error, call.signal?.aborted ?? false);
        }
      },
    ],
  });
  return link;
}
