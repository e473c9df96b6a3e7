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

const roads = { instance: byId, thumbnail: byId, report: byId } satisfies Record<ByteKind, unknown>;

export const bytePathsContract = {
  ...roads,
  /** A file to show in the system's file manager. */
  shown: oc
    .input(z.object({ level: z.enum(['study', 'series', 'instance']), id: z.number().int().nonnegative() }))
    .output(type<string | null>()),
};

export function createBytePathsRouter(services: Services): AnyRouter {
  const os = implement(bytePathsContract);
  return os.router({
    instance: os.instance.handler(({ input }) => services.instancePath(input.id)),
    thumbnail: os.thumbnail.handler(({ input }) => services.thumbnailPath(input.id)),
    report: os.report.handler(({ input }) => services.reportPath(input.id)),
    shown: os.shown.handler(({ input }) => services.shownPath(input.level, input.id)),
  });
}
