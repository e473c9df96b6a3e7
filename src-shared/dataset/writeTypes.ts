/**
 * A data set as the writer takes it: a plain list of elements. Text is Unicode and always leaves as ISO_IR 192; several
 * values are an array. The reader's side is not here.
 */

export type TextVr =
  'AE' | 'AS' | 'CS' | 'DA' | 'DS' | 'DT' | 'IS' | 'LO' | 'LT' | 'PN' | 'SH' | 'ST' | 'TM' | 'UC' | 'UI' | 'UR' | 'UT';

/** `AT` values are tags as numbers: `0x00200032`. */
export type NumberVr = 'AT' | 'FD' | 'FL' | 'SL' | 'SS' | 'UL' | 'US';

export type BytesVr = 'OB' | 'OD' | 'OF' | 'OL' | 'OV' | 'OW' | 'UN';

export type ElementList = readonly Element[];

/** Frames in order, each one or more fragments. Source: PS3.5 A.4. */
export interface EncapsulatedFrames {
  readonly frames: readonly (readonly Uint8Array[])[];
  /** An empty Basic Offset Table is legal, and common. */
  readonly hasOffsetTable: boolean;
}

/** One element; `tag` is `0xGGGGEEEE`. */
export type Element =
  | { readonly tag: number; readonly vr: TextVr; readonly value: string | readonly string[] }
  | { readonly tag: number; readonly vr: NumberVr; readonly value: number | readonly number[] }
  /** Little-endian, whatever is written: words are turned for big endian. */
  | { readonly tag: number; readonly vr: BytesVr; readonly value: Uint8Array }
  | { readonly tag: number; readonly vr: 'SQ'; readonly value: readonly ElementList[] }
  /** Pixel Data (7FE0,0010) of a compressed transfer syntax. */
  | { readonly tag: number; readonly vr: 'OB'; readonly value: EncapsulatedFrames };

/** How elements become bytes, apart from their meaning. Source: PS3.5 section 7 and annex A. */
export interface Encoding {
  readonly isExplicit: boolean;
  readonly isBigEndian: boolean;
  /** Sequences and items end with delimiters and carry no length. */
  readonly hasUndefinedLengths: boolean;
}

export const TRANSFER_SYNTAX = {
  implicitLittle: '1.2.840.10008.1.2',
  explicitLittle: '1.2.840.10008.1.2.1',
  /** Retired; still met on old media. */
  explicitBig: '1.2.840.10008.1.2.2',
} as const;
