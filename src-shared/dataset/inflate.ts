/** Inflating a deflated data set, within a limit: half a megabyte can claim to hold gigabytes. Source: PS3.5 A.5. */
import { Inflate } from 'fflate';
import { AppError } from '../base/appError';

const MAX_BYTES = 512 * 1024 * 1024;
const MAX_RATIO = 200;
/** Below this the ratio says nothing: a short text of spaces compresses a thousandfold. */
const FREE_BYTES = 16 * 1024 * 1024;
/** An image may begin with this much black before its ratio so far is held against it. */
const FREE_BYTES_SO_FAR = 64 * 1024 * 1024;
/** Deflate shrinks at most about a thousandfold, so one step gives at most 16 MiB. */
const STEP_BYTES = 16_384;

/**
 * Inflates `deflated` (RFC 1951, no header) as far as it goes; a stream that is cut or damaged gives what came before.
 * `wantedBytes` ends the work early.
 * @throws `file/malformed` when the stream gives nothing, or grows beyond the limit
 */
export function inflateWithin(deflated: Uint8Array<ArrayBuffer>, wantedBytes = Infinity): Uint8Array<ArrayBuffer> {
  const limit = Math.min(MAX_BYTES, Math.max(FREE_BYTES, deflated.length * MAX_RATIO));
  const chunks: Uint8Array[] = [];
  let size = 0;
  const inflate = new Inflate((chunk) => {
    chunks.push(chunk);
    size += chunk.length;
  });
  for (let start = 0; start < deflated.length && size < wantedBytes; start += STEP_BYTES) {
    try {
      inflate.push(deflated.subarray(start, Math.min(start + STEP_BYTES, deflated.length)));
    } catch (error) {
      if (size === 0) throw new AppError('file/malformed', 'The compressed data set is damaged.', {}, error);
      break;
    }
    const soFar = Math.max(FREE_BYTES_SO_FAR, (start + STEP_BYTES) * MAX_RATIO);
    if (size > Math.min(limit, soFar))
      throw new AppError('file/malformed', 'The compressed data set grows beyond every sensible size.');
  }
  return joined(chunks, size);
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
