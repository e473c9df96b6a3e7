/**
 * The header of a JPEG or JPEG-LS codestream, read before any decoder sees it.
 * Source: ITU-T T.81 B.1 and B.2.2; ITU-T T.87 C.1; the APP14 segment is Adobe's (T.872 6.5.3).
 */

export interface JpegHeader {
  /** Second byte of the frame header's marker: 0xC0 baseline to 0xCF, 0xF7 JPEG-LS. */
  readonly startOfFrame: number;
  /** Bits of a sample, 2 to 16. */
  readonly precision: number;
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  /** What the stream itself says of three components; `null` when it says nothing. */
  readonly declaredColour: 'RGB' | 'YCbCr' | null;
}

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
export const START_OF_FRAME_JPEG_LS = 0xf7;
const APP0 = 0xe0;
const APP14 = 0xee;

/** Markers of T.81 Table B.1 between 0xC0 and 0xCF that are not frame headers: DHT, JPG, DAC. */
const NOT_START_OF_FRAME = [0xc4, 0xc8, 0xcc];

/** Bytes behind the end-of-image marker that are still padding of the fragment rather than a cut frame. */
const MAX_TRAILING_BYTES = 1024;

function isStartOfFrame(marker: number): boolean {
  if (marker === START_OF_FRAME_JPEG_LS) return true;
  return marker >= 0xc0 && marker <= 0xcf && !NOT_START_OF_FRAME.includes(marker);
}

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  return new TextEncoder().encode(text).every((code, index) => bytes[at + index] === code);
}

/** Offset of the `0xFF` of the marker that ends the codestream (T.81 EOI, T.800 EOC), or -1: the frame is cut off. */
export function findEndMarker(bytes: Uint8Array): number {
  const first = Math.max(2, bytes.length - MAX_TRAILING_BYTES);
  for (let at = bytes.length - 2; at >= first; at--) {
    if (bytes[at] === 0xff && bytes[at + 1] === END_OF_IMAGE) return at;
  }
  return -1;
}

interface Segment {
  readonly marker: number;
  /** First byte behind the length field. */
  readonly start: number;
  /** Behind the last byte. */
  readonly end: number;
}

/** The marker segments up to and including the header of the first scan. Stops where the bytes stop making sense. */
function* segmentsOf(bytes: Uint8Array): Generator<Segment> {
  if (bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) return;
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END_OF_IMAGE) return;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return;
    yield { marker, start: at + 4, end };
    if (marker === START_OF_SCAN) return;
    at = end;
  }
}

function colourDeclaredBy(bytes: Uint8Array, { marker, start, end }: Segment): JpegHeader['declaredColour'] {
  if (marker === APP0 && hasText(bytes, start, 'JFIF\0')) return 'YCbCr';
  if (marker !== APP14 || end - start < 12 || !hasText(bytes, start, 'Adobe')) return null;
  return bytes[start + 11] === 0 ? 'RGB' : 'YCbCr';
}

/** Component identifiers that spell RGB: some encoders say it nowhere else. */
function colourOfIdentifiers(bytes: Uint8Array, start: number): JpegHeader['declaredColour'] {
  const identifiers = [0, 1, 2].map((index) => String.fromCharCode(bytes[start + 6 + index * 3] ?? 0)).join('');
  return identifiers === 'RGB' ? 'RGB' : null;
}

/** `null` when there is no frame header to be found. Adobe's word on colour outweighs that of JFIF. */
export function parseJpegHeader(bytes: Uint8Array): JpegHeader | null {
  let declaredColour: JpegHeader['declaredColour'] = null;
  for (const segment of segmentsOf(bytes)) {
    const { marker, start, end } = segment;
    if (!isStartOfFrame(marker)) {
      declaredColour = colourDeclaredBy(bytes, segment) ?? declaredColour;
      continue;
    }
    const components = bytes[start + 5] ?? 0;
    if (end - start < 6 + components * 3) return null;
    return {
      startOfFrame: marker,
      precision: bytes[start] ?? 0,
      rows: ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0),
      columns: ((bytes[start + 3] ?? 0) << 8) | (bytes[start + 4] ?? 0),
      components,
      declaredColour: components === 3 ? (declaredColour ?? colourOfIdentifiers(bytes, start)) : null,
    };
  }
  return null;
}

/** Whether the first scan holds one component: the others follow in scans of their own. Source: T.81 B.2.3. */
export function isScannedByComponent(bytes: Uint8Array): boolean {
  for (const { marker, start } of segmentsOf(bytes)) if (marker === START_OF_SCAN) return bytes[start] === 1;
  return false;
}
