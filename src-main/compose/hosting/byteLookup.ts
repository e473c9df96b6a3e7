/** A host's own client of the service process: where the bytes behind an id are. Requests during a restart wait for its end. */
import type { ServiceState } from '../../../src-shared/contract';
import { createClient } from '../../../src-shared/rpc/client';
import { createSwitchingLink } from '../../../src-shared/rpc/switchingLink';
import type { Wire } from '../../../src-shared/rpc/wire';
import type { ShownLevel } from '../platform';
import type { ByteKind } from './byteAddress';
import type { bytePathsContract } from './bytePaths';

const WAIT_MS = 10_000;

export interface ByteLookup {
  /** @throws `service/gone` when the process does not come back in time, or not at all */
  resolve(kind: ByteKind, id: number): Promise<string | null>;
  /** A file to show in the system's file manager. @throws `service/gone` */
  shown(level: ShownLevel, id: number): Promise<string | null>;
  /** To be told of every change, with a wire to the process when it runs. */
  follow(state: ServiceState, wire: Wire | null): void;
}

export function createByteLookup(): ByteLookup {
  const link = createSwitchingLink(WAIT_MS);
  const paths = createClient<typeof bytePathsContract>(link);
  return {
    resolve: (kind, id) => paths[kind]({ id }),
    shown: (level, id) => paths.shown({ level, id }),
    follow(state, wire) {
      if (wire) link.switchTo(wire);
      else if (state.status === 'failed') link.giveUp();
      else link.detach();
    },
  };
}
