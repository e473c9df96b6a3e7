import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHeader } from '../../src-shared/dataset/header';
import { smallCt } from '../../tests/support/smallCt';
import type { FileSlice } from '../media/source';
import { withOpenSlice } from './openSlice';
import { failureOf, readSlice, type ReadSlice } from './readSlice';
import { ScanBeat, ScanStopped } from './scanBeat';
import type { NewValues } from './scanTask';
import { flushPart, takeSlice } from './takeSlice';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter-slices-'));
  mkdirSync(incoming());
});
afterEach(() => rmSync(folder, { recursive: true }));

const incoming = () => join(folder, 'incoming');
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function put(bytes: Uint8Array | string, name = 'file'): FileSlice {
  writeFileSync(join(folder, name), bytes);
  return { path: join(folder, name), offset: 0, sizeBytes: null };
}

/** As a part of a larger file, with other bytes around it. */
function inside(bytes: Uint8Array): FileSlice {
  const before = new Uint8Array(2048).fill(7);
  writeFileSync(join(folder, 'archive'), Buffer.concat([before, bytes, before]));
  return { path: join(folder, 'archive'), offset: before.length, sizeBytes: bytes.length };
}

const context = (beat = new ScanBeat()) => ({ characterSet: null, beat });

function read(slice: FileSlice): ReadSlice | null {
  try {
    return withOpenSlice(slice, (open) => readSlice(open, context()));
  } catch (thrown) {
    return failureOf(slice.path, thrown);
  }
}

describe('reading a slice', () => {
  it.each(['as a file', 'inside another file'])('finds the header of an instance %s', (where) => {
    const bytes = smallCt({ sopUid: '2.25.77' });
    const found = read(where === 'as a file' ? put(bytes) : inside(bytes));
    expect(found).toMatchObject({ kind: 'instance', header: { instance: { sopInstanceUid: '2.25.77' } } });
  });

  it('reads on where the header is long', () => {
    const long = smallCt({ sopUid: '2.25.78' }, {});
    const padded = readHeader(Uint8Array.from(long), long.length);
    expect(padded.kind).toBe('header');
    // A private element of 100,000 bytes before the pixel data.
    const pixelData = Buffer.from([0xe0, 0x7f, 0x10, 0x00]);
    const at = Buffer.from(long).indexOf(pixelData);
    const element = Buffer.concat([
      Buffer.from([0x29, 0x00, 0x10, 0x10]),
      Buffer.from('OB\0\0'),
      Buffer.alloc(4),
      Buffer.alloc(100_000),
    ]);
    element.writeUInt32LE(100_000, 8);
    const bytes = Buffer.concat([long.subarray(0, at), element, long.subarray(at)]);
    expect(read(put(bytes))).toMatchObject({ kind: 'instance', header: { instance: { sopInstanceUid: '2.25.78' } } });
  });

  it('says what a slice is instead, or what is wrong with it', () => {
    const bytes = smallCt();
    const answers = {
      text: read(put('no picture here', 'a')),
      empty: read(put('', 'b')),
      cut: read(put(bytes.subarray(0, 300), 'c')),
      gone: read({ path: join(folder, 'nothing'), offset: 0, sizeBytes: null }),
      beyond: read({ ...put(bytes, 'd'), offset: bytes.length + 10, sizeBytes: 100 }),
      folder: read({ path: folder, offset: 0, sizeBytes: null }),
    };
    expect(answers).toMatchObject({
      text: { kind: 'not-dicom', archive: null },
      empty: { kind: 'failed', code: 'file/empty', isDicom: false, systemCode: '' },
      cut: { kind: 'failed', code: 'file/truncated', isDicom: true, systemCode: '' },
      gone: { kind: 'failed', code: 'file/not-found', isDicom: false, systemCode: 'ENOENT' },
      beyond: { kind: 'failed', code: 'file/empty' },
      folder: null,
    });
  });

  it('stops between two reads when it is told to', () => {
    const beat = new ScanBeat();
    beat.stop();
    expect(() => withOpenSlice(put(smallCt()), (open) => readSlice(open, context(beat)))).toThrow(ScanStopped);
  });
});

/** Takes a slice, whole. */
async function take(slice: FileSlice, newValues: NewValues | null = null) {
  const taken = withOpenSlice(slice, (open) => {
    const instance = readSlice(open, context());
    if (instance.kind !== 'instance') throw new Error(instance.kind);
    const options = { incomingDirectory: incoming(), newValues, valuesFrom: 'CD' };
    return takeSlice(open, instance, { ...context(), ...options });
  });
  if (!taken) throw new Error('no file');
  await flushPart(taken.part);
  return { header: taken.header, ...taken.part.taken, bytes: readFileSync(taken.part.taken.partPath) };
}

describe('taking a slice', () => {
  it.each(['as a file', 'inside another file'])('copies it whole and knows its digest: %s', async (where) => {
    const bytes = smallCt();
    const taken = await take(where === 'as a file' ? put(bytes) : inside(bytes));
    expect(taken.bytes.equals(bytes)).toBe(true);
    const facts = { sha256: sha(bytes), originSha256: sha(bytes), sizeBytes: bytes.length };
    expect(taken).toMatchObject(facts);
  });

  it('copies what is longer than one read', async () => {
    const bytes = Buffer.concat([smallCt(), Buffer.alloc(3 * 1024 * 1024 + 17, 5)]);
    const taken = await take(put(bytes));
    expect([taken.bytes.equals(bytes), taken.sha256]).toEqual([true, sha(bytes)]);
  });

  it('gives new values, and knows the digest of what came too', async () => {
    const bytes = smallCt();
    const taken = await take(put(bytes), { patientId: 'LOCAL-1', accessionNumber: 'ACC' });
    expect(taken.header).toMatchObject({ patient: { patientId: 'LOCAL-1' }, study: { accessionNumber: 'ACC' } });
    expect([taken.originSha256, taken.sha256]).toEqual([sha(bytes), sha(taken.bytes)]);
    expect(taken.sha256).not.toBe(taken.originSha256);
  });

  it('leaves nothing behind of a copy that was stopped', () => {
    const beat = new ScanBeat();
    const slice = put(Buffer.concat([smallCt(), Buffer.alloc(3 * 1024 * 1024)]));
    const taking = () =>
      withOpenSlice(slice, (open) => {
        const instance = readSlice(open, context());
        if (instance.kind !== 'instance') throw new Error(instance.kind);
        beat.stop();
        const options = { incomingDirectory: incoming(), newValues: null, valuesFrom: '' };
        return takeSlice(open, instance, { characterSet: null, beat, ...options });
      });
    expect(taking).toThrow(ScanStopped);
    expect(readdirSync(incoming())).toEqual([]);
  });

  it('says of a folder that cannot be written that it is the library that cannot', () => {
    rmSync(incoming(), { recursive: true });
    const taking = () =>
      withOpenSlice(put(smallCt()), (open) => {
        const instance = readSlice(open, context());
        if (instance.kind !== 'instance') throw new Error(instance.kind);
        const options = { incomingDirectory: incoming(), newValues: null, valuesFrom: '' };
        return takeSlice(open, instance, { ...context(), ...options });
      });
    expect(taking).toThrow(expect.objectContaining({ code: 'store/failed' }) as Error);
  });
});
