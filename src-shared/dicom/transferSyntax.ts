/** Transfer syntaxes: how a data set and its pixel data are written. Source: PS3.5 10 and A, PS3.6 A. */

/** The family of decoder that the pixel data need. */
export type CodecKind =
  | 'native'
  | 'rle'
  | 'jpeg-baseline'
  | 'jpeg-extended'
  | 'jpeg-lossless'
  | 'jpeg-ls'
  | 'jpeg-2000'
  | 'htj2k'
  | 'jpeg-xl'
  | 'deflated-frames'
  | 'video'
  | 'unknown';

export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  /** Of the data set's element headers. */
  readonly isExplicit: boolean;
  readonly isLittleEndian: boolean;
  /** The whole data set after the meta header is deflated (RFC 1951). */
  readonly isDeflated: boolean;
  /** Pixel data are in fragments. */
  readonly isEncapsulated: boolean;
  /** `sometimes`: the syntax allows both and the instance says which. */
  readonly lossy: 'never' | 'always' | 'sometimes';
  readonly codec: CodecKind;
}

type Lossy = TransferSyntax['lossy'];

function encapsulated(suffix: string, name: string, codec: CodecKind, lossy: Lossy): TransferSyntax {
  return {
    uid: `1.2.840.10008.1.2.${suffix}`,
    name,
    isExplicit: true,
    isLittleEndian: true,
    isDeflated: false,
    isEncapsulated: true,
    lossy,
    codec,
  };
}

function native(
  uid: string,
  name: string,
  how: Partial<Pick<TransferSyntax, 'isExplicit' | 'isLittleEndian' | 'isDeflated'>>,
): TransferSyntax {
  const plain = { isExplicit: true, isLittleEndian: true, isDeflated: false };
  return { uid, name, ...plain, ...how, isEncapsulated: false, lossy: 'never', codec: 'native' };
}

const table: readonly TransferSyntax[] = [
  native('1.2.840.10008.1.2', 'Implicit VR Little Endian', { isExplicit: false }),
  native('1.2.840.10008.1.2.1', 'Explicit VR Little Endian', {}),
  encapsulated('1.98', 'Encapsulated Uncompressed Explicit VR Little Endian', 'native', 'never'),
  native('1.2.840.10008.1.2.1.99', 'Deflated Explicit VR Little Endian', { isDeflated: true }),
  native('1.2.840.10008.1.2.2', 'Explicit VR Big Endian', { isLittleEndian: false }),
  native('1.2.840.113619.5.2', 'GE Private Implicit VR Big Endian', { isExplicit: false }),
  encapsulated('4.50', 'JPEG Baseline (Process 1)', 'jpeg-baseline', 'always'),
  encapsulated('4.51', 'JPEG Extended (Process 2 & 4)', 'jpeg-extended', 'always'),
  encapsulated('4.53', 'JPEG Spectral Selection, Non-Hierarchical (Process 6 & 8)', 'jpeg-extended', 'always'),
  encapsulated('4.55', 'JPEG Full Progression, Non-Hierarchical (Process 10 & 12)', 'jpeg-extended', 'always'),
  encapsulated('4.57', 'JPEG Lossless, Non-Hierarchical (Process 14)', 'jpeg-lossless', 'never'),
  encapsulated('4.70', 'JPEG Lossless, First-Order Prediction (Process 14, SV1)', 'jpeg-lossless', 'never'),
  encapsulated('4.80', 'JPEG-LS Lossless', 'jpeg-ls', 'never'),
  encapsulated('4.81', 'JPEG-LS Lossy (Near-Lossless)', 'jpeg-ls', 'sometimes'),
  encapsulated('4.90', 'JPEG 2000 (Lossless Only)', 'jpeg-2000', 'never'),
  encapsulated('4.91', 'JPEG 2000', 'jpeg-2000', 'sometimes'),
  encapsulated('4.92', 'JPEG 2000 Part 2 Multi-component (Lossless Only)', 'jpeg-2000', 'never'),
  encapsulated('4.93', 'JPEG 2000 Part 2 Multi-component', 'jpeg-2000', 'sometimes'),
  encapsulated('4.94', 'JPIP Referenced', 'unknown', 'sometimes'),
  encapsulated('4.95', 'JPIP Referenced Deflate', 'unknown', 'sometimes'),
  encapsulated('4.100', 'MPEG2 Main Profile / Main Level', 'video', 'always'),
  encapsulated('4.100.1', 'Fragmentable MPEG2 Main Profile / Main Level', 'video', 'always'),
  encapsulated('4.101', 'MPEG2 Main Profile / High Level', 'video', 'always'),
  encapsulated('4.101.1', 'Fragmentable MPEG2 Main Profile / High Level', 'video', 'always'),
  encapsulated('4.102', 'MPEG-4 AVC/H.264 High Profile / Level 4.1', 'video', 'always'),
  encapsulated('4.102.1', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.1', 'video', 'always'),
  encapsulated('4.103', 'MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1', 'video', 'always'),
  encapsulated('4.103.1', 'Fragmentable MPEG-4 AVC/H.264 BD-compatible High Profile / Level 4.1', 'video', 'always'),
  encapsulated('4.104', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video', 'video', 'always'),
  encapsulated('4.104.1', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 2D Video', 'video', 'always'),
  encapsulated('4.105', 'MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video', 'video', 'always'),
  encapsulated('4.105.1', 'Fragmentable MPEG-4 AVC/H.264 High Profile / Level 4.2 For 3D Video', 'video', 'always'),
  encapsulated('4.106', 'MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2', 'video', 'always'),
  encapsulated('4.106.1', 'Fragmentable MPEG-4 AVC/H.264 Stereo High Profile / Level 4.2', 'video', 'always'),
  encapsulated('4.107', 'HEVC/H.265 Main Profile / Level 5.1', 'video', 'always'),
  encapsulated('4.108', 'HEVC/H.265 Main 10 Profile / Level 5.1', 'video', 'always'),
  encapsulated('4.110', 'JPEG XL Lossless', 'jpeg-xl', 'never'),
  encapsulated('4.111', 'JPEG XL JPEG Recompression', 'jpeg-xl', 'always'),
  encapsulated('4.112', 'JPEG XL', 'jpeg-xl', 'sometimes'),
  encapsulated('4.201', 'High-Throughput JPEG 2000 (Lossless Only)', 'htj2k', 'never'),
  encapsulated('4.202', 'High-Throughput JPEG 2000 with RPCL Options (Lossless Only)', 'htj2k', 'never'),
  encapsulated('4.203', 'High-Throughput JPEG 2000', 'htj2k', 'sometimes'),
  encapsulated('5', 'RLE Lossless', 'rle', 'never'),
  encapsulated('8.1', 'Deflated Image Frame Compression', 'deflated-frames', 'never'),
];

const byUid = new Map(table.map((syntax) => [syntax.uid, syntax]));

/** Every transfer syntax known by name, whether or not its pixel data can be decoded. */
export const transferSyntaxes: readonly TransferSyntax[] = table;

/**
 * What a transfer syntax UID stands for. One that is not known is taken for explicit little endian with fragments, as
 * the Standard demands of every new one; its name is the UID. Source: PS3.5 10.
 */
export function transferSyntaxOf(uid: string): TransferSyntax {
  const known = byUid.get(uid);
  if (known) return known;
  return { ...encapsulated('', uid, 'unknown', 'sometimes'), uid };
}

/** `JPEG 2000 (Lossless Only)`; the UID itself when it is not known. */
export function transferSyntaxName(uid: string): string {
  return transferSyntaxOf(uid).name;
}
