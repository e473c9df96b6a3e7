/**
 * Small pictures of series, made one after the other while nothing more urgent wants a decoder. A picture is a file
 * named by its series' UID, so that a rebuilt index, which numbers its series anew, never shows one under another name.
 */
import { createHash } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toAppError } from '../../src-shared/base/appError';
import { toDisposable, type Disposable } from '../../src-shared/base/disposable';
import { frameDeadlineMs, OPEN_DEADLINE_MS, type DecodePool } from './decodePool';

/** The frame that stands for a series: the middle of its largest stack. */
export interface SeriesPicture {
  readonly seriesUid: string;
  readonly path: string;
  /** The object that must be found there: another file may lie in its place by now. */
  readonly sopInstanceUid: string;
  /** Counts from 0. */
  readonly frameIndex: number;
}

export type ThumbnailOutcome = 'ready' | 'none';

export type ThumbnailListener = (seriesId: number, outcome: ThumbnailOutcome) => void;

export interface ThumbnailService extends Disposable {
  /** Queues a series once; a picture that is there already is made again, because the series may have grown. */
  request(seriesId: number): void;
  /** Absolute path of the PNG, or `null` while there is none. */
  fileOf(seriesId: number): string | null;
  /** Removes the picture of a series that is no more. */
  forget(seriesUid: string): void;
  /** Told after each series, whatever came of it. */
  onChange(listener: ThumbnailListener): Disposable;
  /** Resolves when nothing is queued and nothing runs. */
  idle(): Promise<void>;
}

/** Ids and codes only. */
export interface ThumbnailLog {
  warn(message: string, facts: { readonly seriesId: number; readonly code: string }): void;
}

export interface ThumbnailOptions {
  /** Created when the first picture is written. */
  readonly directory: string;
  readonly pool: DecodePool;
  readonly log: ThumbnailLog;
  /** `null` when the series is unknown or holds no image. */
  readonly pathOfSeriesPicture: (seriesId: number) => SeriesPicture | null;
}

/** Pixels along the longer edge. */
const MAX_EDGE = 160;

/** Rendering comes on top of decoding. */
const DEADLINE_FACTOR = 2;

function fileNameOf(seriesUid: string): string {
  return `${createHash('sha256').update(seriesUid).digest('hex').slice(0, 32)}.png`;
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.part`;
  try {
    await writeFile(part, bytes);
    await rename(part, file);
  } catch (thrown) {
    await rm(part, { force: true });
    throw thrown;
  }
}

function render(pool: DecodePool, { path, sopInstanceUid, frameIndex }: SeriesPicture): Promise<Uint8Array> {
  return pool.withSession('background', async (session) => {
    const { pixels } = await session.run({ name: 'open', path }, OPEN_DEADLINE_MS);
    const deadlineMs = frameDeadlineMs(pixels) * DEADLINE_FACTOR;
    return session.run({ name: 'thumbnail', path, sopInstanceUid, frameIndex, maxEdge: MAX_EDGE }, deadlineMs);
  });
}

export function createThumbnailService(options: ThumbnailOptions): ThumbnailService {
  const { directory, pool, log, pathOfSeriesPicture } = options;
  const listeners = new Set<ThumbnailListener>();
  const queue = new Set<number>();
  let running: Promise<void> | null = null;
  const closing = new AbortController();
  const isClosing = () => closing.signal.aborted;

  const make = async (seriesId: number): Promise<ThumbnailOutcome> => {
    try {
      const picture = pathOfSeriesPicture(seriesId);
      if (!picture) return 'none';
      const png = await render(pool, picture);
      await mkdir(directory, { recursive: true });
      await writeWhole(join(directory, fileNameOf(picture.seriesUid)), png);
      return 'ready';
    } catch (thrown) {
      const { code } = toAppError(thrown, 'store/failed');
      if (!isClosing()) log.warn('no thumbnail', { seriesId, code });
      return 'none';
    }
  };

  const drain = async (): Promise<void> => {
    for (const seriesId of queue) {
      if (isClosing()) break;
      queue.delete(seriesId);
      const outcome = await make(seriesId);
      if (!isClosing()) for (const listener of listeners) listener(seriesId, outcome);
    }
    running = null;
  };

  return {
    request(seriesId) {
      queue.add(seriesId);
      running ??= drain();
    },
    fileOf(seriesId) {
      const picture = pathOfSeriesPicture(seriesId);
      if (!picture) return null;
      const file = join(directory, fileNameOf(picture.seriesUid));
      return existsSync(file) ? file : null;
    },
    forget(seriesUid) {
      rmSync(join(directory, fileNameOf(seriesUid)), { force: true });
    },
    onChange(listener) {
      listeners.add(listener);
      return toDisposable(() => listeners.delete(listener));
    },
    idle: () => running ?? Promise.resolve(),
    dispose() {
      closing.abort();
      queue.clear();
      listeners.clear();
    },
  };
}
