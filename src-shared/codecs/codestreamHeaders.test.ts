import { describe, expect, it } from 'vitest';
import { parseJpeg2000Header, unboxedCodestream } from './jpeg2000Header';
import { findEndMarker, isScannedByComponent, parseJpegHeader } from './jpegHeader';

const SOI = [0xff, 0xd8];
const JFIF = [0xff, 0xe0, 0, 7, ...ascii('JFIF'), 0];
const ADOBE_RGB = [0xff, 0xee, 0, 14, ...ascii('Adobe'), 0, 100, 0, 0, 0, 0, 0];
const SCAN = [0xff, 0xda, 0, 2];

function ascii(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

/** A frame header of 12-bit samples, 300 lines of 513, whose components have these identifiers. */
function startOfFrame(marker: number, identifiers: readonly number[]): number[] {
  const components = identifiers.flatMap((identifier) => [identifier, 0x11, 0]);
  return [0xff, marker, 0, 8 + components.length, 12, 300 >> 8, 300 & 0xff, 2, 1, identifiers.length, ...components];
}

describe('parseJpegHeader', () => {
  it('reads size, precision and components behind any other segment', () => {
    const bytes = Uint8Array.from([...SOI, ...JFIF, 0xff, ...startOfFrame(0xc3, [1]), ...SCAN]);
    expect(parseJpegHeader(bytes)).toEqual({
      startOfFrame: 0xc3,
      precision: 12,
      rows: 300,
      columns: 513,
      components: 1,
      declaredColour: null,
    });
  });

  it.each([
    ['JFIF', [...JFIF], [1, 2, 3], 'YCbCr'],
    ['Adobe, whatever JFIF says', [...JFIF, ...ADOBE_RGB], [1, 2, 3], 'RGB'],
    ['component identifiers', [], ascii('RGB'), 'RGB'],
    ['nothing', [], [1, 2, 3], null],
  ])('takes the colour from %s', (_, segments, identifiers, expected) => {
    const bytes = Uint8Array.from([...SOI, ...segments, ...startOfFrame(0xc0, identifiers)]);
    expect(parseJpegHeader(bytes)?.declaredColour).toBe(expected);
  });

  it.each([
    ['nothing', []],
    ['no start of image', startOfFrame(0xc0, [1])],
    ['a scan before any frame header', [...SOI, ...SCAN]],
    ['a segment longer than the bytes', [...SOI, 0xff, 0xe0, 0xff, 0xff]],
    ['a frame header that is cut', [...SOI, ...startOfFrame(0xc0, [1, 2, 3]).slice(0, 12)]],
  ])('finds no header in %s', (_, bytes) => {
    expect(parseJpegHeader(Uint8Array.from(bytes))).toBeNull();
  });
});

describe('isScannedByComponent', () => {
  it.each([
    [[1, 1, 0], true],
    [[3, 1, 0, 2, 0, 3, 0], false],
  ])('counts the components of the first scan: %j', (components, expected) => {
    const scan = [0xff, 0xda, 0, 2 + components.length + 3, ...components, 0, 0, 0];
    const bytes = Uint8Array.from([...SOI, ...JFIF, ...startOfFrame(0xf7, [1, 2, 3]), ...scan]);
    expect(isScannedByComponent(bytes)).toBe(expected);
  });
});

describe('findEndMarker', () => {
  it('accepts padding behind the end of the image', () => {
    expect(findEndMarker(Uint8Array.of(0xff, 0xd8, 1, 0xff, 0xd9, 0))).toBe(3);
  });
  it('finds no end in a frame that is cut', () => {
    expect(findEndMarker(Uint8Array.of(0xff, 0xd8, 1, 0xff))).toBe(-1);
  });
});

/** SOC and SIZ of an image of 20 columns and 10 rows, offset by 4 and 2 on its grid. */
function jpeg2000(components: readonly (readonly [depth: number, grid: number])[]): Uint8Array {
  const bytes = new Uint8Array(42 + components.length * 3);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xff4fff51);
  view.setUint32(8, 24);
  view.setUint32(12, 12);
  view.setUint32(16, 4);
  view.setUint32(20, 2);
  view.setUint16(40, components.length);
  components.forEach(([depth, grid], index) => {
    view.setUint8(42 + index * 3, depth);
    view.setUint16(43 + index * 3, grid);
  });
  return bytes;
}

describe('parseJpeg2000Header', () => {
  it('reads the size without the offset, and the widest component', () => {
    const header = parseJpeg2000Header(
      jpeg2000([
        [7, 0x0101],
        [0x8b, 0x0101],
      ]),
    );
    expect(header).toEqual({
      rows: 10,
      columns: 20,
      components: 2,
      precision: 12,
      isSigned: true,
      isSubsampled: false,
    });
  });

  it('notices components on a coarser grid', () => {
    expect(parseJpeg2000Header(jpeg2000([[7, 0x0202]]))?.isSubsampled).toBe(true);
  });

  it('finds no header in other bytes', () => {
    expect(parseJpeg2000Header(new Uint8Array(100))).toBeNull();
  });

  it('takes the codestream out of a JP2 file', () => {
    const codestream = jpeg2000([[7, 0x0101]]);
    const boxes = [0, 0, 0, 12, ...ascii('jP  '), 0x0d, 0x0a, 0x87, 0x0a, 0, 0, 0, 0, ...ascii('jp2c'), ...codestream];
    boxes.splice(4, 4, 0x6a, 0x50, 0x20, 0x20);
    expect(unboxedCodestream(Uint8Array.from(boxes))).toEqual(codestream);
  });
});
