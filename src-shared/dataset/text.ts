/** Text of a data set, decoded from its bytes by Specific Character Set (0008,0005). Source: PS3.5 6.1, PS3.3 C.12.1.1.2. */
import { characterSetTerms } from './characterSetTerms';
import { ESCAPE } from './codeExtensions';
import {
  chineseReader,
  extendedReader,
  guessingReader,
  singleByteReader,
  utf8Reader,
  type Looks,
  type TextDoubt,
  type TextReader,
} from './textReaders';

export type { TextDoubt } from './textReaders';

export interface TextDecoding {
  /** Decodes one whole value, backslashes between its values included, not trimmed. Adds to `doubts`. */
  decode(bytes: Uint8Array, vr: string, doubts?: Set<TextDoubt>): string;
  /** False: (0008,0005) names something that is not known, and text beyond ASCII is a guess. */
  readonly isKnown: boolean;
}

const TILDE = 0x7e;

/** Chunks keep `fromCharCode` below the limit of arguments. */
function ascii(bytes: Uint8Array): string {
  if (bytes.length <= 4096) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let text = '';
  for (let start = 0; start < bytes.length; start += 4096) text += ascii(bytes.subarray(start, start + 4096));
  return text;
}

/** Asked for every text of every file: a counted loop, which costs a fraction of an iterator while nothing is compiled yet. */
function isPlain(bytes: Uint8Array, isRomaji: boolean): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x80 || byte === ESCAPE || (isRomaji && byte === TILDE)) return false;
  }
  return true;
}

function looksOf(bytes: Uint8Array): Looks {
  const hasHighBytes = bytes.some((byte) => byte >= 0x80);
  return {
    hasEscape: bytes.includes(ESCAPE),
    hasHighBytes,
    hasC1: hasHighBytes && bytes.some((byte) => byte >= 0x80 && byte < 0xa0),
  };
}

function readerFor(terms: readonly string[]): TextReader {
  const [first, ...others] = terms;
  if (first === undefined) return guessingReader(null);
  if (first === 'ISO_IR 192') return utf8Reader;
  if (first === 'GB18030' || first === 'GBK') return chineseReader(first);
  if (others.length > 0 || first.startsWith('ISO 2022')) return extendedReader(terms);
  if (first === '') return guessingReader('undeclared');
  return first === 'ISO_IR 6' ? guessingReader('wrong') : singleByteReader(first);
}

function decodingOf(specificCharacterSet: string): TextDecoding {
  const { terms, isKnown } = characterSetTerms(specificCharacterSet);
  const isRomaji = /IR 13$/.test(terms[0] ?? '');
  const read = readerFor(terms);
  return {
    isKnown,
    decode: (bytes, vr, doubts = new Set()) =>
      isPlain(bytes, isRomaji) ? ascii(bytes) : read({ bytes, vr, ...looksOf(bytes) }, doubts),
  };
}

const decodings = new Map<string, TextDecoding>();

/** The decoding for a value of (0008,0005), as the file has it. */
export function textDecoding(specificCharacterSet: string): TextDecoding {
  let decoding = decodings.get(specificCharacterSet);
  if (!decoding) {
    if (decodings.size > 64) decodings.clear();
    decoding = decodingOf(specificCharacterSet);
    decodings.set(specificCharacterSet, decoding);
  }
  return decoding;
}
