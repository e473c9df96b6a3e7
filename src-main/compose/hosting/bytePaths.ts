/**
 * What a host asks the service process privately: where the bytes behind an id are. The page never sees a path; it
 * fetches `bytes/…` from the host, which serves the file natively.
 */
import { oc, type } from '@orpc/contract';
import { implement, type AnyRouter } from '@orpc/server';
import { z } from 'zod';
import type { Services } from '../platform';
import type { ByteKind } from './byteAddress';

const byId = oc.input(z.object({ id: z.number().int().nonnegative() })).output(type<string | null>());

export const bytePathsContract = { instance: byId, thumbnail: byId } satisfies Record<ByteKind, unknown>;

export function createBytePathsRouter(services: Services): AnyRouter {
  const os = implement(bytePathsContract);
  return os.router({
    instance: os.instance.handler(({ input }) => services.instancePath(input.id)),
    thumbnail: os.thumbnail.handler(({ input }) => services.thumbnailPath(input.id)),
  });
}
