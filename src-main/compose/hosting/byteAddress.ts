/** Addresses of the byte road. Apart from the rest, because a window needs it before anything heavy is loaded. */

export type ByteKind = 'instance' | 'thumbnail' | 'report';

/** The kind and id in `/bytes/<kind>/<id>`; `null` for anything else. Ids are decimal, at most 15 digits, so they are exact. */
export function parseBytePath(pathname: string): { readonly kind: ByteKind; readonly id: number } | null {
  const match = /^\/bytes\/(instance|thumbnail|report)\/(\d{1,15})$/.exec(pathname);
  const [, kind, id] = match ?? [];
  if (kind !== 'instance' && kind !== 'thumbnail' && kind !== 'report') return null;
  return { kind, id: Number(id) };
}

/** What goes with the bytes. None of it belongs into a browser's cache on disk: pictures, names of patients. */
export function byteHeaders(kind: ByteKind, id: number): Readonly<Record<string, string>> {
  const common = { 'Content-Type': TYPES[kind], 'Cache-Control': 'no-store' };
  if (kind !== 'report') return common;
  return { ...common, 'Content-Disposition': `attachment; filename="import-report-${String(id)}.csv"` };
}

const TYPES: Readonly<Record<ByteKind, string>> = {
  instance: 'application/dicom',
  thumbnail: 'image/png',
  report: 'text/csv; charset=utf-8',
};
