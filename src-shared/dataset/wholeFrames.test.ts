import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ctElements } from '../../tests/support/elements';
import { AppError } from '../base/appError';
import { present } from '../base/assert';
import { walkElements } from './elements';
import { openInstance } from './instance';
import { locateDataSet } from './part10';
import { wholeFrames } from './wholeFrames';
import { TRANSFER_SYNTAX, writePart10, type Element, type ElementList } from './write';

type Bytes = Uint8Array<ArrayBuffer>;

const RLE = '1.2.840.10008.1.2.5';
const FRAME_BYTES = 32;

const frames = (count: number): Element => ({ tag: 0x00280008, vr: 'IS', value: String(count) });
const native = (count: number): ElementList =>
  ctElements([frames(count), { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(count * FRAME_BYTES) }]);
const compressed = (fragments: readonly (readonly number[])[], hasOffsetTable: boolean): ElementList =>
  ctElements([
    frames(fragments.length),
    {
      tag: 0x7fe00010,
      vr: 'OB',
      value: { frames: fragments.map((sizes) => sizes.map((size) => new Uint8Array(size).fill(1))), hasOffsetTable },
    },
  ]);

/** As the scanner asks: the prefix ends soon after the pixel data begin. */
function ask(file: Bytes, prefixBytes = Math.min(file.length, 1200)): string | null {
  return wholeFrames(file.slice(0, prefixBytes), file.length, (offset, length) =>
    file.subarray(offset, offset + length),
  );
}

/** Frames that the reader of frames gives out. */
function shownFrames(file: Bytes): number {
  const { frameCount, encodedFrame } = openInstance(file);
  const shown = Array.from({ length: frameCount }, (_, frame) => {
    try {
      return encodedFrame(frame).bytes.length > 0;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  });
  return shown.filter(Boolean).length;
}

const words = (whole: number, of: number): string | null => {
  if (whole === of) return null;
  return whole === 0 ? `none of ${of}` : `${whole === 1 ? '1' : `1–${whole}`} of ${of}`;
};

describe('frames of a cut file', () => {
  it('are told for native pixel data', () => {
    const file = writePart10(native(60));
    expect(ask(file)).toBeNull();
    expect(ask(file.slice(0, file.length - 23 * FRAME_BYTES))).toBe('1–37 of 60');
    expect(ask(file.slice(0, file.length - 22.5 * FRAME_BYTES))).toBe('1–37 of 60');
    expect(ask(file.slice(0, file.length - 59 * FRAME_BYTES))).toBe('1 of 60');
    expect(ask(file.slice(0, file.length - 60 * FRAME_BYTES))).toBe('none of 60');
  });

  const cases: [string, ElementList, string][] = [
    ['native', native(5), TRANSFER_SYNTAX.explicitLittle],
    ['native, big endian', native(5), TRANSFER_SYNTAX.explicitBig],
    ['native, implicit', native(5), TRANSFER_SYNTAX.implicitLittle],
    ['a fragment for each frame', compressed([[40], [60], [20], [8]], false), RLE],
    ['several fragments for each frame', compressed([[40, 10], [60, 2, 2], [20]], true), RLE],
    ['one frame in fragments', compressed([[40, 10, 30]], false), RLE],
  ];

  it.each(cases)('are those that can be shown, wherever it is cut: %s', (_, elements, transferSyntaxUid) => {
    const file = writePart10(elements, { transferSyntaxUid });
    const total = openInstance(file).frameCount;
    const pixelsAt = pixelOffset(file);
    fc.assert(
      fc.property(fc.integer({ min: pixelsAt, max: file.length }), fc.integer({ min: 0, max: 250 }), (end, beyond) => {
        const cut = file.slice(0, end);
        expect(ask(cut, Math.min(end, pixelsAt + beyond))).toBe(words(shownFrames(cut), total));
      }),
    );
  });

  it('are told where the file has fewer fragments than it announces frames', () => {
    const file = writePart10([...compressed([[40], [60]], false).filter(({ tag }) => tag !== 0x00280008), frames(4)], {
      transferSyntaxUid: RLE,
    });
    expect(ask(file)).toBe('1–2 of 4');
  });

  it('are all there in an object without pixels', () => {
    expect(ask(writePart10(ctElements([], [0x7fe00010])))).toBeNull();
  });
});

/** Of the first byte after the header of the pixel data. */
function pixelOffset(file: Bytes): number {
  const located = present(locateDataSet(file), 'data set');
  return present(walkElements(file, located.start, located.encoding).pixelElement, 'pixel data').offset;
}
