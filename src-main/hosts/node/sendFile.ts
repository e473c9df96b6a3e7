/** A file as an HTTP answer: streamed, with ranges and an exact length. Source: RFC 9110, 14. */
import { open, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

const CHUNK_BYTES = 1024 * 1024;

export interface ByteRange {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

/**
 * The one range asked for, clipped to the file. `'all'` when none was asked, or in a form we need not honour (several
 * ranges, another unit, nonsense); `'unsatisfiable'` when it lies outside the file.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | 'all' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (from === '' && to === '') return 'all';
  if (from === '') {
    const suffix = Number(to);
    if (suffix === 0 || sizeBytes === 0) return 'unsatisfiable';
    return { first: Math.max(0, sizeBytes - suffix), last: sizeBytes - 1 };
  }
  const first = Number(from);
  const last = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== '' && Number(to) < first) return 'all';
  return first >= sizeBytes ? 'unsatisfiable' : { first, last };
}

/** Answers with the file; 404 when it is not there or is no file. `headers` are added to the answer. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: { readonly path: string; readonly headers: Readonly<Record<string, string>> },
): Promise<void> {
  const handle = await open(file.path, 'r').catch(() => null);
  const stat = await handle?.stat();
  if (!handle || !stat?.isFile()) {
    await handle?.close();
    response.writeHead(404).end();
    return;
  }
  const range = parseRange(request.headers.range, stat.size);
  if (range === 'unsatisfiable') {
    await handle.close();
    response.writeHead(416, { 'Content-Range': `bytes */${String(stat.size)}` }).end();
    return;
  }
  const { first, last } = range === 'all' ? { first: 0, last: stat.size - 1 } : range;
  response.writeHead(range === 'all' ? 200 : 206, {
    ...file.headers,
    'Accept-Ranges': 'bytes',
    'Content-Length': last - first + 1,
    ...(range === 'all' ? {} : { 'Content-Range': `bytes ${String(first)}-${String(last)}/${String(stat.size)}` }),
  });
  await sendBody(request, response, { handle, first, last });
}

async function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  body: ByteRange & { readonly handle: FileHandle },
): Promise<void> {
  if (request.method === 'HEAD' || body.last < body.first) {
    await body.handle.close();
    response.end();
    return;
  }
  const stream = body.handle.createReadStream({ start: body.first, end: body.last, highWaterMark: CHUNK_BYTES });
  // The browser may leave in the middle (a series was closed): not our failure.
  await pipeline(stream, response).catch(() => response.destroy());
}
