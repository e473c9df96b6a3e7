import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ctElements } from '../../tests/support/elements';
import { AppError } from '../base/appError';
import { openInstance, type Instance } from './instance';
import { TRANSFER_SYNTAX, writePart10, type Element, type WriteOptions } from './write';

const JPEG_LS = '1.2.840.10008.1.2.4.80';

interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly bits: number;
  readonly frames: number;
}

function fileOf(shape: Shape, pixelData: readonly Element[], options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  const us = (tag: number, value: number): Element => ({ tag, vr: 'US', value });
  const described = [
    us(0x00280010, shape.rows),
    us(0x00280011, shape.columns),
    us(0x00280100, shape.bits),
    us(0x00280101, shape.bits),
    us(0x00280102, shape.bits - 1),
    { tag: 0x00280008, vr: 'IS', value: String(shape.frames) } as const,
  ];
  return writePart10(ctElements([...described, ...pixelData], [0x7fe00010]), options);
}

const native = (value: Uint8Array, vr: 'OB' | 'OW' = 'OW'): Element[] => [{ tag: 0x7fe00010, vr, value }];
const counted = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 7 + 1) & 0xff);

const framesOf = ({ frameCount, encodedFrame }: Instance): number[][] =>
  Array.from({ length: frameCount }, (_, index) => [...encodedFrame(index).bytes]);

function codeOf(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
}

const even = (length: number): number => length + (length % 2);

describe('native frames', () => {
  it('are exact slices in the order of the file', () => {
    const size = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(size, size, size, fc.constantFrom(8, 16, 32), (rows, columns, frames, bits) => {
        const frameBytes = (rows * columns * bits) / 8;
        const value = counted(even(frameBytes * frames));
        const instance = openInstance(fileOf({ rows, columns, bits, frames }, native(value)));
        const expected = Array.from({ length: frames }, (_, index) => [
          ...value.subarray(index * frameBytes, (index + 1) * frameBytes),
        ]);
        expect(framesOf(instance)).toEqual(expected);
      }),
    );
  });

  it('of single bits begin at bit 0 even where the file packs them inside a byte', () => {
    const size = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(size, size, size, (rows, columns, frames) => {
        const bits = rows * columns;
        const value = counted(even(Math.ceil((bits * frames) / 8)));
        const bit = (bytes: ArrayLike<number>, at: number): number => ((bytes[at >> 3] ?? 0) >> (at & 7)) & 1;
        const instance = openInstance(fileOf({ rows, columns, bits: 1, frames }, native(value, 'OB')));
        framesOf(instance).forEach((frame, index) => {
          const read = Array.from({ length: frame.length * 8 }, (_, at) => bit(frame, at));
          const expected = Array.from({ length: bits }, (_, at) => bit(value, index * bits + at));
          expect(read).toEqual([...expected, ...new Array<number>(read.length - bits).fill(0)]);
        });
      }),
    );
  });

  it('of 8 bits in big-endian words come in pixel order, 16 bits in file order', () => {
    const options = { transferSyntaxUid: TRANSFER_SYNTAX.explicitBig };
    const bytes = fileOf({ rows: 1, columns: 3, bits: 8, frames: 2 }, native(counted(6)), options);
    const words = fileOf({ rows: 1, columns: 3, bits: 16, frames: 1 }, native(counted(6)), options);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = counted(6);
    expect([framesOf(openInstance(bytes)), framesOf(openInstance(words))]).toEqual([
      [
        [a, b, c],
        [d, e, f],
      ],
      [[b, a, d, c, f, e]],
    ]);
  });

  it('[FIL3] are refused where the file ends inside them, and read before', () => {
    const whole = fileOf({ rows: 2, columns: 2, bits: 16, frames: 3 }, native(counted(24)));
    const { encodedFrame, frameCount, header } = openInstance(whole.slice(0, -10));
    const partial = encodedFrame(1, { isPartialAllowed: true }).bytes;
    expect({
      frameCount,
      issues: header.instance.issues.map(({ message }) => message),
      frames: [0, 1, 2, 3].map((index) => codeOf(() => [...encodedFrame(index).bytes])),
      partial: [...partial],
    }).toEqual({
      frameCount: 3,
      issues: ['The pixel data end early: 1 of 3 frames are whole.'],
      frames: [[...counted(8)], 'pixels/truncated', 'pixels/truncated', 'pixels/no-such-frame'],
      partial: [...counted(14).subarray(8), 0, 0],
    });
  });

  it('of floats are found under their own tag', () => {
    const value = new Uint8Array(Float32Array.of(1.5, -2).buffer);
    const pixelData: Element[] = [{ tag: 0x7fe00008, vr: 'OF', value }];
    const instance = openInstance(fileOf({ rows: 1, columns: 2, bits: 32, frames: 1 }, pixelData));
    expect([instance.header.instance.pixels?.sampleKind, framesOf(instance)]).toEqual(['float32', [[...value]]]);
  });
});

/** A fragment that begins as a JPEG-LS codestream does, or one that goes on. */
const start = (name: number, length = 6): Uint8Array =>
  Uint8Array.of(0xff, 0xd8, 0xff, 0xf7, name, ...new Uint8Array(length - 5));
const more = (name: number): Uint8Array => Uint8Array.of(0x11, name, 0x12, name);

function encapsulated(
  frames: readonly (readonly Uint8Array[])[],
  hasOffsetTable: boolean,
  before: readonly Element[] = [],
): Uint8Array<ArrayBuffer> {
  const pixelData: Element[] = [...before, { tag: 0x7fe00010, vr: 'OB', value: { frames, hasOffsetTable } }];
  return fileOf({ rows: 4, columns: 4, bits: 8, frames: frames.length }, pixelData, { transferSyntaxUid: JPEG_LS });
}

const joined = (frames: readonly (readonly Uint8Array[])[]): number[][] =>
  frames.map((fragments) => fragments.flatMap((fragment) => [...fragment]));

/** Where the items after the meta header begin: the Basic Offset Table's item. */
function firstItem(file: Uint8Array): number {
  const item = [0xfe, 0xff, 0x00, 0xe0];
  return file.findIndex((_, at) => item.every((byte, offset) => file[at + offset] === byte));
}

describe('encapsulated frames', () => {
  const several = [[start(1), more(1)], [start(2)], [start(3), more(3), more(3)]];

  it.each([
    ['a fragment each, by table', [[start(1)], [start(2)]], true],
    ['a fragment each, without a table', [[start(1)], [start(2)]], false],
    ['several fragments, by table', several, true],
    ['several fragments, by where codestreams begin', several, false],
    ['one frame of several fragments', [[start(1), more(1), more(1)]], false],
    ['fragments that begin like nothing known, by table', [[more(1), more(1)], [more(2)]], true],
  ])('[FIL4] %s', (_, frames, hasOffsetTable) => {
    expect(framesOf(openInstance(encapsulated(frames, hasOffsetTable)))).toEqual(joined(frames));
  });

  it('[FIL4] do not follow a table that points beside fragments', () => {
    const file = encapsulated(several, true);
    const table = firstItem(file) + 8;
    file[table + 4] = (file[table + 4] ?? 0) + 2;
    expect(framesOf(openInstance(file))).toEqual(joined(several));
  });

  it('[FIL4] follow an Extended Offset Table, and its lengths', () => {
    const frames = [[start(1, 6)], [start(2, 8)]];
    const longs = (...values: bigint[]): Uint8Array => new Uint8Array(BigUint64Array.from(values).buffer);
    const tables: Element[] = [
      { tag: 0x7fe00001, vr: 'OV', value: longs(0n, 14n) },
      { tag: 0x7fe00002, vr: 'OV', value: longs(5n, 8n) },
    ];
    const read = framesOf(openInstance(encapsulated(frames, false, tables)));
    expect(read).toEqual([[...start(1, 6).subarray(0, 5)], [...start(2, 8)]]);
  });

  it('[FIL3] are refused where their fragment is cut or missing, and read before', () => {
    const file = encapsulated([[start(1)], [start(2)], [start(3)]], false);
    const delimiter = 8;
    const fragment = 8 + 6;
    const outcomes = [delimiter + 2, delimiter + fragment].map((cut) => {
      const { encodedFrame } = openInstance(file.slice(0, file.length - cut));
      return [0, 1, 2].map((index) => codeOf(() => encodedFrame(index).bytes.length));
    });
    expect(outcomes).toEqual([
      [6, 6, 'pixels/truncated'],
      [6, 6, 'pixels/truncated'],
    ]);
  });

  it('are copies that keep nothing of the file', () => {
    const instance = openInstance(encapsulated([[start(1)]], false));
    const { bytes } = instance.encodedFrame(0);
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });
});

describe('objects without an image', () => {
  it('say that they hold none', () => {
    const file = writePart10(ctElements([], [0x7fe00010]));
    const instance = openInstance(file);
    expect([instance.frameCount, codeOf(() => instance.encodedFrame(0))]).toEqual([0, 'pixels/none']);
  });
});
