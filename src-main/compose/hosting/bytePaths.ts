/**
 * What a host asks the service process privately: where the bytes behind an id are. The page never sees a path; it
 * fetches `bytes/…` from the host, which serves the file natively.
 */
import { oc, type } from '@orpc/contract';
import { implement, type AnyRouter } from '@orpc/server';
import { z } from 'zod';
import type { Services } from '../platform';

const byId = oc.input(z.object({ id: z.number().int().nonnegative() })).output(type<string | null>());

export const bytePathsContract = { instance: byId, thumbnail: byId };

export type ByteKind = keyof typeof bytePathsContract;

export function createBytePathsRouter(services: Services): AnyRouter {
  const os = implement(bytePathsContract);
  return os.router({
    instance: os.instance.handler(({ input }) => services.instancePath(input.id)),
    thumbnail: os.thumbnail.handler(({ input }) => services.thumbnailPath(input.id)),
  });
}

/** The kind and id in `/bytes/<kind>/<id>`; `null` for anything else. Ids are decimal, at most 15 digits, so they are exact. */
export function parseBytePath(pathname: string): { readonly kind: ByteKind; readonly id: number } | null {
  const match = /^\/bytes\/(instance|thumbnail)\/(\d{1,15})$/.exec(pathname);
  const [, kind, id] = match ?? [];
  if (kind !== 'instance' && kind !== 'thumbnail') return null;
  return { kind, id: Number(id) };
}
