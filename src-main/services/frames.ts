/**
 * Stored values of whole files, frame after frame: what the command line prints and scripts compare. One frame is in
 * memory at a time, besides the file itself in its worker.
 */
import { createHash } from 'node:crypto';
import { AppError, type AppErrorCode } from '../../src-shared/base/appError';
import type { DecodedPixels } from '../../src-shared/dicom/frame';
import type { OpenedPicture } from '../workers/decodeTask';
import { frameDeadlineMs, OPEN_DEADLINE_MS, type DecodePool, type DecodeSession } from './decodePool';
import { storedValuesOf } from './storedValues';

/** A frame counted from 1, as a person counts, or all of them. */
export type FrameChoice = number | 'all';

export interface FrameRequest {
  readonly path: string;
  readonly frames: FrameChoice;
  /** Takes the values of each frame in order; the next frame waits for it. */
  readonly write?: (values: Uint8Array) => Promise<void>;
  readonly signal?: AbortSignal;
}

/** The image as the data set describes it, and what its stored values come to. */
export interface FrameReport {
  readonly path: string;
  readonly transferSyntax: string;
  readonly rows: number;
  readonly columns: number;
  readonly samples: number;
  /** Of the object, however many were asked for. */
  readonly frames: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly signed: boolean;
  /** Of the data set; the values of lossy JPEG and JPEG 2000 colour are RGB. */
  readonly photometric: string;
  /** Length and SHA-256 of the values of the frames asked for, in order. */
  readonly bytes: number;
  readonly sha256: string;
  /** The last frame asked for is cut: what is there was read, what is missing counts as zero, and the file counts as failed. */
  readonly error?: { readonly code: AppErrorCode; readonly message: string };
}

export interface FrameService {
  /**
   * @throws `pixels/*` when a frame cannot be decoded, `pixels/no-such-frame`, `file/*` when the file cannot be read;
   * an `AbortError` when `signal` says so.
   */
  decodeFile(request: FrameRequest): Promise<FrameReport>;
}

function reportOf(path: string, { transferSyntaxUid, pixels, frameCount }: OpenedPicture) {
  return {
    path,
    transferSyntax: transferSyntaxUid,
    rows: pixels.rows,
    columns: pixels.columns,
    samples: pixels.samplesPerPixel,
    frames: frameCount,
    bitsAllocated: pixels.bitsAllocated,
    bitsStored: pixels.bitsStored,
    signed: pixels.isSigned,
    photometric: pixels.photometricInterpretation,
  };
}

/**
 * Indices counted from 0, made one by one: a damaged file may announce two thousand million frames. One beyond the last
 * is asked for all the same: the worker knows how to refuse it.
 */
function* indicesOf(choice: FrameChoice, frameCount: number): Generator<number> {
  if (choice !== 'all') yield choice - 1;
  else for (let index = 0; index < frameCount; index++) yield index;
}

/** The frame as it is or, when it is cut, what is left of it with the error that says so. */
async function frameOf(
  session: DecodeSession,
  request: { readonly path: string; readonly frameIndex: number },
  deadlineMs: number,
): Promise<{ readonly decoded: DecodedPixels; readonly error: AppError | null }> {
  try {
    return { decoded: await session.run({ name: 'frame', ...request }, deadlineMs), error: null };
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'pixels/truncated') throw thrown;
    const decoded = await session.run({ name: 'frame', ...request, isPartialAllowed: true }, deadlineMs);
    return { decoded, error: thrown };
  }
}

export function createFrameService({ pool }: { readonly pool: DecodePool }): FrameService {
  return {
    decodeFile: ({ path, frames, write, signal }) =>
      pool.withSession('asked-for', async (session) => {
        const opened = await session.run({ name: 'open', path }, OPEN_DEADLINE_MS);
        const deadlineMs = frameDeadlineMs(opened.pixels);
        const hash = createHash('sha256');
        const values = storedValuesOf(opened);
        let bytes = 0;
        const take = async (part: Uint8Array): Promise<void> => {
          hash.update(part);
          bytes += part.length;
          await write?.(part);
        };
        let cut: AppError | null = null;
        for (const frameIndex of indicesOf(frames, opened.frameCount)) {
          signal?.throwIfAborted();
          if (cut) throw cut;
          const { decoded, error } = await frameOf(session, { path, frameIndex }, deadlineMs);
          cut = error;
          await take(values.add(decoded));
        }
        await take(values.finish());
        const report = { ...reportOf(path, opened), bytes, sha256: hash.digest('hex') };
        return cut ? { ...report, error: { code: cut.code, message: cut.message } } : report;
      }),
  };
}
