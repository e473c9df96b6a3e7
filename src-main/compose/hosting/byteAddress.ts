/** Addresses of the byte road. Apart from the rest, because a window needs it before anything heavy is loaded. */

export type ByteKind = 'instance' | 'thumbnail';

/** The kind and id in `/bytes/<kind>/<id>`; `null` for anything else. Ids are decimal, at most 15 digits, so they are exact. */
export function parseBytePath(pathname: string): { readonly kind: ByteKind; readonly id: number } | null {
  const match = /^\/bytes\/(instance|thumbnail)\/(\d{1,15})$/.exec(pathname);
  const [, kind, id] = match ?? [];
  if (kind !== 'instance' && kind !== 'thumbnail') return null;
  return { kind, id: Number(id) };
}
