import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import type { DecodeRequest, DecodeResult, OpenedPicture } from '../workers/decodeTask';
import type { DecodePool, DecodePriority } from './decodePool';
import { createThumbnailService, type SeriesPicture, type ThumbnailService } from './thumbnails';

const opened: OpenedPicture = {
  transferSyntaxUid: '1.2.840.10008.1.2.1',
  frameCount: 1,
  pixels: {
    rows: 1,
    columns: 1,
    samplesPerPixel: 1,
    photometricInterpretation: 'MONOCHROME2',
    planarConfiguration: 0,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    isSigned: false,
    sampleKind: 'integer',
    frames: 1,
  },
};

/** Draws the path it was asked for; refuses what is called damaged. */
function poolThatDrawsPaths(priorities: DecodePriority[]): DecodePool {
  const answer = (request: DecodeRequest): Promise<DecodeResult> => {
    if (request.name !== 'thumbnail') return Promise.resolve(opened);
    if (request.path === 'damaged') return Promise.reject(new AppError('pixels/decode-failed', 'damaged'));
    return Promise.resolve(new TextEncoder().encode(`${request.path} ${request.frameIndex}`));
  };
  return {
    width: 1,
    withSession: (priority, work) => {
      priorities.push(priority);
      return work({ run: (request) => answer(request) });
    },
    dispose: () => undefined,
  };
}

const pictures: Readonly<Record<number, SeriesPicture>> = {
  1: { seriesUid: '1.1', path: 'first', sopInstanceUid: '2.25.1', frameIndex: 4 },
  2: { seriesUid: '1.2', path: 'damaged', sopInstanceUid: '2.25.1', frameIndex: 0 },
  3: { seriesUid: '1.3', path: 'third', sopInstanceUid: '2.25.1', frameIndex: 0 },
};

describe('createThumbnailService', () => {
  let directory: string;
  let service: ThumbnailService;
  let priorities: DecodePriority[];
  let logged: { seriesId: number; code: string }[];

  const serviceOver = (pathOfSeriesPicture: (seriesId: number) => SeriesPicture | null) =>
    createThumbnailService({
      directory: join(directory, 'thumbnails'),
      pool: poolThatDrawsPaths(priorities),
      log: { warn: (_, facts) => void logged.push(facts) },
      pathOfSeriesPicture,
    });

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'thumbnails-'));
    priorities = [];
    logged = [];
    service = serviceOver((seriesId) => pictures[seriesId] ?? null);
  });
  afterEach(() => {
    service.dispose();
    rmSync(directory, { recursive: true, force: true });
  });

  it('makes pictures in the order asked for; one that fails stops nothing', async () => {
    const outcomes: string[] = [];
    service.onChange((seriesId, outcome) => outcomes.push(`${seriesId} ${outcome}`));
    for (const seriesId of [1, 2, 99, 3]) service.request(seriesId);
    await service.idle();
    expect(outcomes).toEqual(['1 ready', '2 none', '99 none', '3 ready']);
    expect(logged).toEqual([{ seriesId: 2, code: 'pixels/decode-failed' }]);
    expect(priorities).toEqual(['background', 'background', 'background']);
  });

  it('keeps a picture on disk where the next start finds it', async () => {
    service.request(1);
    await service.idle();
    const later = serviceOver((seriesId) => pictures[seriesId] ?? null);
    expect(readFileSync(later.fileOf(1) ?? '', 'utf8')).toBe('first 4');
    expect([later.fileOf(2), later.fileOf(3), later.fileOf(99)]).toEqual([null, null, null]);
  });

  it('never shows a picture under the number that another series had before', async () => {
    service.request(1);
    await service.idle();
    const renumbered = serviceOver(() => ({
      seriesUid: '9.9',
      path: 'other',
      sopInstanceUid: '2.25.1',
      frameIndex: 0,
    }));
    expect(renumbered.fileOf(1)).toBeNull();
  });

  it('answers none when the folder cannot be written', async () => {
    writeFileSync(join(directory, 'thumbnails'), 'a file where the folder should be');
    service.request(1);
    await service.idle();
    expect(logged).toEqual([{ seriesId: 1, code: 'store/failed' }]);
  });
});
