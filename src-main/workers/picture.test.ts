import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHeader } from '../../src-shared/dataset/header';
import { writePart10, type ElementList } from '../../src-shared/dataset/write';
import { withOpenSlice } from './openSlice';
import { pictureOf, type Picture } from './picture';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'isocenter-picture-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function elements(frames: number, pixels: ElementList[number]): ElementList {
  return [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.7' },
    { tag: 0x00080018, vr: 'UI', value: '2.25.1' },
    { tag: 0x0020000d, vr: 'UI', value: '2.25.2' },
    { tag: 0x0020000e, vr: 'UI', value: '2.25.3' },
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280008, vr: 'IS', value: String(frames) },
    { tag: 0x00280010, vr: 'US', value: 10 },
    { tag: 0x00280011, vr: 'US', value: 10 },
    { tag: 0x00280100, vr: 'US', value: 8 },
    { tag: 0x00280101, vr: 'US', value: 8 },
    { tag: 0x00280102, vr: 'US', value: 7 },
    { tag: 0x00280103, vr: 'US', value: 0 },
    pixels,
  ];
}

const RLE = '1.2.840.10008.1.2.5';
const FRAGMENT = 100;
/** Item header and content. */
const FRAGMENT_BYTES = 8 + FRAGMENT;
const DELIMITER_BYTES = 8;

const compressed = (frames: number, extra: ElementList = []): Uint8Array => {
  const value = { frames: Array.from({ length: frames }, () => [new Uint8Array(FRAGMENT)]), hasOffsetTable: true };
  const all = [...elements(frames, { tag: 0x7fe00010, vr: 'OB', value }), ...extra];
  return writePart10(all, { transferSyntaxUid: RLE });
};
const native = (frames: number): Uint8Array =>
  writePart10(elements(frames, { tag: 0x7fe00010, vr: 'OB', value: new Uint8Array(100 * frames) }));

/** As a slice of a larger file, as it lies in an archive. */
function look(bytes: Uint8Array): Picture {
  const path = join(folder, 'archive');
  const before = new Uint8Array(777).fill(1);
  writeFileSync(path, Buffer.concat([before, bytes, new Uint8Array(50)]));
  const prefix = Uint8Array.from(bytes);
  const read = readHeader(prefix, bytes.length);
  if (read.kind !== 'header') throw new Error(`no header: ${read.kind}`);
  const slice = { path, offset: before.length, sizeBytes: bytes.length };
  const picture = withOpenSlice(slice, (open) => pictureOf(read.header.instance, prefix, open));
  if (!picture) throw new Error('no file');
  return picture;
}

const whole = { warning: null, wholeFrames: null };
const cut = (frames: string) => ({
  warning: expect.objectContaining({ code: 'pixels/truncated' }) as unknown,
  wholeFrames: frames,
});

describe('a picture', () => {
  it.each([
    ['compressed', compressed(1)],
    ['compressed, with many frames', compressed(3)],
    ['compressed, followed by padding', compressed(1, [{ tag: 0xfffcfffc, vr: 'OB', value: new Uint8Array(20) }])],
    ['not compressed', native(1)],
    ['not compressed, with many frames', native(3)],
  ])('that is whole is not warned of: %s', (_case, bytes) => {
    expect(look(bytes)).toEqual(whole);
  });

  it.each([
    ['in its last frame', 3, DELIMITER_BYTES + 1, '1–2 of 3'],
    ['in its second frame', 3, DELIMITER_BYTES + FRAGMENT_BYTES + 1, '1 of 3'],
    ['in its first frame', 3, DELIMITER_BYTES + 2 * FRAGMENT_BYTES + 1, 'none of 3'],
    ['in its only frame', 1, DELIMITER_BYTES + 1, 'none of 1'],
  ])('that is compressed and cut %s says which frames can be shown', (_where, frames, lost, shown) => {
    const bytes = compressed(frames);
    expect(look(bytes.subarray(0, bytes.length - lost))).toEqual(cut(shown));
  });

  it.each([
    ['in its last frame', 3, 1, '1–2 of 3'],
    ['in its only frame', 1, 1, 'none of 1'],
  ])('that is not compressed and cut %s says which frames can be shown', (_where, frames, lost, shown) => {
    const bytes = native(frames);
    expect(look(bytes.subarray(0, bytes.length - lost))).toEqual(cut(shown));
  });
});
