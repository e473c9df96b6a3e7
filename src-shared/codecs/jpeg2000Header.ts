/**
 * The header of a JPEG 2000 codestream, read before any decoder sees it.
 * Source: ITU-T T.800 A.5.1 (SIZ), I.5 (the boxes of a JP2 file).
 */

export interface Jpeg2000Header {
  readonly rows: number;
  readonly columns: number;
  readonly components: number;
  /** Of the widest component, 1 to 38 bits. */
  readonly precision: number;
  readonly isSigned: boolean;
  /** Components are sampled on different grids. */
  readonly isSubsampled: boolean;
}

const START_OF_CODESTREAM = 0xff4f;
const SIZE = 0xff51;
const SIZE_FIXED_BYTES = 36;
const BOX_SIGNATURE = 0x6a502020;
const BOX_CODESTREAM = 0x6a703263;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The bare codestream of bytes that may be a whole JP2 file, which DICOM forbids (PS3.5 A.4.4) and encoders write all
 * the same.
 */
export function unboxedCodestream(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  if (bytes.length < 12 || view.getUint32(4) !== BOX_SIGNATURE) return bytes;
  let at = 0;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === BOX_CODESTREAM) return bytes.subarray(at + (length === 1 ? 16 : 8));
    if (length < 8) return bytes;
    at += length;
  }
  return bytes;
}

/** `null` when the codestream does not begin as the Standard demands. */
export function parseJpeg2000Header(codestream: Uint8Array): Jpeg2000Header | null {
  if (codestream.length < 6 + SIZE_FIXED_BYTES) return null;
  const view = viewOf(codestream);
  if (view.getUint16(0) !== START_OF_CODESTREAM || view.getUint16(2) !== SIZE) return null;
  const components = view.getUint16(40);
  if (components < 1 || codestream.length < 42 + components * 3) return null;
  const depths = Array.from({ length: components }, (_, index) => view.getUint8(42 + index * 3));
  const grids = Array.from({ length: components }, (_, index) => view.getUint16(43 + index * 3));
  return {
    columns: view.getUint32(8) - view.getUint32(16),
    rows: view.getUint32(12) - view.getUint32(20),
    components,
    precision: Math.max(...depths.map((depth) => (depth & 0x7f) + 1)),
    isSigned: depths.some((depth) => (depth & 0x80) !== 0),
    isSubsampled: grids.some((grid) => grid !== 0x0101),
  };
}
