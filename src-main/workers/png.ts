/** Writes a PNG of 8-bit grey or colour, nothing else. Source: PNG (W3C Recommendation, 3rd edition), clauses 5, 9, 11. */
import { crc32, deflateSync } from 'node:zlib';

export interface EightBitPicture {
  readonly width: number;
  readonly height: number;
  /** 1: grey, 3: RGB. */
  readonly channels: 1 | 3;
  /** Row by row from the top, samples interleaved by pixel. */
  readonly samples: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOUR_TYPES = { 1: 0, 3: 2 } as const;
/** Each row is stored as the difference from its left neighbour: cheap, and better than none for pictures. */
const FILTER_SUB = 1;

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index++) bytes[4 + index] = type.charCodeAt(index);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function header({ width, height, channels }: EightBitPicture): Uint8Array {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data[8] = 8;
  data[9] = COLOUR_TYPES[channels];
  return data;
}

function filteredRows({ width, height, channels, samples }: EightBitPicture): Uint8Array {
  const rowBytes = width * channels;
  const rows = new Uint8Array((rowBytes + 1) * height);
  for (let y = 0; y < height; y++) {
    const from = y * rowBytes;
    const to = y * (rowBytes + 1) + 1;
    rows[to - 1] = FILTER_SUB;
    for (let x = 0; x < rowBytes; x++) {
      const left = x < channels ? 0 : (samples[from + x - channels] ?? 0);
      rows[to + x] = (samples[from + x] ?? 0) - left;
    }
  }
  return rows;
}

export function encodePng(picture: EightBitPicture): Uint8Array<ArrayBuffer> {
  const parts = [
    SIGNATURE,
    chunk('IHDR', header(picture)),
    chunk('IDAT', deflateSync(filteredRows(picture))),
    chunk('IEND', new Uint8Array(0)),
  ];
  const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
