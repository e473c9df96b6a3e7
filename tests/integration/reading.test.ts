/** Every real file reads or is refused with a reason; names read as independent tools read them; damage never crashes. */
import { describe, expect, it } from 'vitest';
import { AppError, type AppErrorCode } from '../../src-shared/base/appError';
import { HEADER_PREFIX_BYTES, readHeader } from '../../src-shared/dataset/header';
import { openInstance } from '../../src-shared/dataset/instance';
import type { InstanceHeader } from '../../src-shared/dicom/records';
import { smallCt } from '../support/smallCt';
import { filesBelow, hasSharedData, readShared, sharedTable, withSharedData } from '../support/sharedData';

/** A header read as the scanner reads it: a prefix first, more when it is asked for. */
function headerByPrefixes(file: Uint8Array<ArrayBuffer>): InstanceHeader | 'directory' {
  let prefix = Math.min(HEADER_PREFIX_BYTES, file.length);
  for (;;) {
    const result = readHeader(file.slice(0, prefix), file.length);
    if (result.kind === 'header') return result.header;
    if (result.kind === 'directory') return 'directory';
    if (result.bytes <= prefix) throw new Error(`asked for ${result.bytes} bytes after ${prefix}`);
    prefix = result.bytes;
  }
}

type Outcome = 'instance' | 'directory' | AppErrorCode;

/** Anything but an `AppError` is a bug and passes through. */
function outcomeOf(read: () => Outcome): Outcome {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

function readWhole(file: Uint8Array<ArrayBuffer>): Outcome {
  const instance = openInstance(file);
  for (let frame = 0; frame < Math.min(instance.frameCount, 64); frame += 1) instance.encodedFrame(frame);
  return 'instance';
}

const folders = [
  'broken',
  'charset',
  'cr',
  'dx',
  'ecg',
  'enhanced',
  'hp',
  'ko',
  'media',
  'mg',
  'nm',
  'op',
  'pdf',
  'pr',
];
const moreFolders = ['rt', 'seg', 'series', 'sm', 'sr', 'ts', 'us', 'video', 'xa'];

describe.skipIf(!hasSharedData)(`every real file${withSharedData}`, () => {
  const refused: readonly Outcome[] = ['file/empty', 'file/not-dicom', 'file/truncated', 'file/malformed'];

  it.each([...folders, ...moreFolders])('%s reads, or says why not', (folder) => {
    for (const path of filesBelow(folder)) {
      const file = readShared(path);
      const before = performance.now();
      const header = outcomeOf(() => (headerByPrefixes(file) === 'directory' ? 'directory' : 'instance'));
      const whole = outcomeOf(() => readWhole(file));
      expect(performance.now() - before, path).toBeLessThan(5000);
      expect(['instance', 'directory', ...refused], path).toContain(header);
      expect(['instance', 'pixels/none', 'pixels/truncated', ...refused], path).toContain(whole);
    }
  });

  it('reads from prefixes what it reads from the whole file', () => {
    for (const path of filesBelow('ts')) {
      const file = readShared(path);
      const whole = outcomeOf(() => (readHeader(file, file.length), 'instance'));
      if (whole === 'instance') expect(headerByPrefixes(file), path).toEqual(openInstance(file).header);
    }
  });

  it('reads every file that an independent tool took pixels from', () => {
    const pictured = sharedTable('TRUTH.csv').filter((row) => row['sha256_pixels_le'] !== '');
    const failed = pictured.filter((row) => {
      const instance = openInstance(readShared(row['path'] ?? ''));
      return instance.frameCount !== Number(row['frames'] || 1);
    });
    expect(failed.map(({ path }) => path)).toEqual([
      // Its Number of Frames is not a number ("1A").
      'broken/pydicom/badVR.dcm',
    ]);
  });

  it('reads every name as independent tools read it', () => {
    const named = sharedTable('TRUTH.csv').filter((row) => row['patient_name_utf8'] !== '');
    const readable = named.filter(
      (row) => outcomeOf(() => (openInstance(readShared(row['path'] ?? '')), 'instance')) === 'instance',
    );
    const read = readable.map((row) => {
      const { alphabetic, ideographic, phonetic } = openInstance(readShared(row['path'] ?? '')).header.patient.name;
      return [row['path'], [alphabetic, ideographic, phonetic].join('=').replace(/=+$/, '')];
    });
    expect(read).toEqual(readable.map((row) => [row['path'], row['patient_name_utf8']]));
    // One object with a name is cut inside its header; all others are compared.
    expect(named.length - readable.length).toBe(1);
  });
});

/** Small, fast and the same on every machine: mulberry32. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * below);
  };
}

const NASTY = [0x00, 0xff, 0x7f, 0x80, 0x5c, 0x1b, 0xfe, 0xe0, 0xdd];

/** Flips, overwrites, cuts and repeats within the header. */
function mutant(file: Uint8Array<ArrayBuffer>, random: (below: number) => number): Uint8Array<ArrayBuffer> {
  const copy = file.slice();
  const reach = Math.min(copy.length, 2000);
  for (let change = random(6) + 1; change > 0; change -= 1) {
    const at = random(reach);
    const kind = random(4);
    if (kind === 0) copy[at] = (copy[at] ?? 0) ^ (1 << random(8));
    else if (kind === 1) copy[at] = NASTY[random(NASTY.length)] ?? 0;
    else if (kind === 2) copy.copyWithin(at, random(reach), random(reach));
    else copy.fill(NASTY[random(NASTY.length)] ?? 0, at, at + random(8));
  }
  return random(4) === 0 ? copy.slice(0, random(copy.length)) : copy;
}

describe('damaged headers', () => {
  const seeds = hasSharedData
    ? [
        'ts/pydicom/MR_small_bigendian.dcm',
        'enhanced/hyperfine_enh.dcm',
        'charset/chrH32.dcm',
        'ts/pydicom-data/liver_rle.dcm',
      ]
    : [];
  const files = [smallCt(), smallCt({}, { transferSyntaxUid: '1.2.840.10008.1.2' }), ...seeds.map(readShared)];

  it('2000 mutants read or are refused, none crashes', () => {
    const random = randomFrom(20_260_131);
    const outcomes = new Map<Outcome, number>();
    for (let index = 0; index < 2000; index += 1) {
      const file = mutant(files[index % files.length] ?? smallCt(), random);
      const header = outcomeOf(() => (headerByPrefixes(file) === 'directory' ? 'directory' : 'instance'));
      const whole = outcomeOf(() => readWhole(file));
      for (const outcome of [header, whole]) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    expect(outcomes.get('instance')).toBeGreaterThan(200);
    expect(outcomes.get('file/truncated')).toBeGreaterThan(50);
    expect(outcomes.get('file/malformed')).toBeGreaterThan(10);
  });
});
