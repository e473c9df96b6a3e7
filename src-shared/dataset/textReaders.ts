/**
 * One value's bytes into text, for each way in which text can be declared. The decoding of code extensions is `dicom-character-set`;
 * around it: what real files do that the Standard forbids. A value that is not in the declared character set is read as what it most
 * likely is, and the doubt is told. Source: PS3.5 6.1.2.5; PS3.3 C.12.1.1.2.
 */
import { characterSets, convertBytes } from 'dicom-character-set';
import { ASCII_TERM, escapesIn, ESCAPE, extendedTerm } from './codeExtensions';

/** `undeclared`: beyond ASCII, and no character set is named; `wrong`: not in the one that is. The text is then a guess. */
export type TextDoubt = 'undeclared' | 'wrong';

/** What of a value decides how it is read. */
export interface Looks {
  readonly hasEscape: boolean;
  readonly hasHighBytes: boolean;
  /** 0x80 to 0x9F: no letters in any part of ISO 8859, ordinary in UTF-8. */
  readonly hasC1: boolean;
}

export interface Value extends Looks {
  readonly bytes: Uint8Array;
  readonly vr: string;
}

export type TextReader = (value: Value, doubts: Set<TextDoubt>) => string;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const laxUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');

/** `null` where the bytes are not UTF-8. */
function asUtf8(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

/** For bytes that no character set explains: UTF-8 when they are valid as such, else Latin-1. */
function guess(bytes: Uint8Array): string {
  return asUtf8(bytes) ?? windows1252.decode(bytes);
}

const isLatin1 = (term: string): boolean => /IR (100|203)$/.test(term);

/**
 * UTF-8 in a value that is declared to be of one byte a character. In Latin-1 it would be letters followed by signs, which nobody
 * writes; other parts of ISO 8859 have letters in both places, so a byte is asked for that none of them has.
 */
function undeclaredUtf8(term: string, { bytes, hasHighBytes, hasC1 }: Value): string | null {
  return hasHighBytes && (hasC1 || isLatin1(term)) ? asUtf8(bytes) : null;
}

/** A character cut in two at the end of a value must not cost the rest of it. */
function convertWhole(set: string, { bytes, vr }: Value, doubts: Set<TextDoubt>): string {
  for (const missing of [0, 1]) {
    try {
      const text = convertBytes(set, bytes.subarray(0, bytes.length - missing), { vr });
      if (text.includes('\ufffd')) doubts.add('wrong');
      return text;
    } catch {
      doubts.add('wrong');
    }
  }
  return guess(bytes.filter((byte) => byte !== ESCAPE));
}

/** Bytes beyond ASCII where only an escape sequence could have said what they are: Korean and Chinese writers leave those out. */
function readUnescaped({ bytes }: Value, terms: readonly string[]): string {
  const unicode = asUtf8(bytes);
  if (unicode !== null) return unicode;
  if (terms.includes('ISO 2022 IR 149')) return new TextDecoder('euc-kr').decode(bytes);
  return new TextDecoder(terms.includes('ISO 2022 IR 58') ? 'gb18030' : 'windows-1252').decode(bytes);
}

/** Two-byte sets in G0 cannot be what a value begins in, whatever the file says: then nobody could write a `^`. */
function beginsInTwoBytes(term: string): boolean {
  return (
    characterSets[term]?.elements?.some((part) => part.codeElement === 'G0' && part.bytesPerCodePoint === 2) ?? false
  );
}

/** With code extensions, those included that a value uses without their being declared: an escape sequence leaves no doubt. */
export function extendedReader(declared: readonly string[]): TextReader {
  const listed = declared.flatMap((term) => extendedTerm(term) ?? []);
  const terms = beginsInTwoBytes(listed[0] ?? '') ? [ASCII_TERM, ...listed] : listed;
  const first = terms[0] ?? ASCII_TERM;
  const hasLetters = characterSets[first]?.elements?.some(
    ({ codeElement, bytesPerCodePoint }) => codeElement === 'G1' && bytesPerCodePoint === 1,
  );
  return (value, doubts) => {
    const isUnescaped = !value.hasEscape && value.hasHighBytes;
    if (isUnescaped && !hasLetters) {
      doubts.add('wrong');
      return readUnescaped(value, terms);
    }
    const unicode = isUnescaped ? undeclaredUtf8(first, value) : null;
    if (unicode !== null) {
      doubts.add('wrong');
      return unicode;
    }
    const { used, bytes, hasStrays } = escapesIn(value.bytes, terms);
    if (hasStrays) doubts.add('wrong');
    const set = [first, ...terms.slice(1), ...used].join('\\');
    return convertWhole(set, { ...value, bytes }, doubts);
  };
}

/** UTF-8 that is cut in the middle of its last character, or is none at all. */
export const utf8Reader: TextReader = ({ bytes }, doubts) => {
  const whole = asUtf8(bytes);
  if (whole !== null) return whole;
  doubts.add('wrong');
  const lax = laxUtf8.decode(bytes);
  const isCutAtEnd = /[\u0080-\ufffc]/.test(lax) && !/\ufffd./s.test(lax.replace(/[ \0]+$/, ''));
  return isCutAtEnd ? lax : windows1252.decode(bytes);
};

/** GB18030 and GBK: their second bytes may be backslashes and carets, so they are read before anything is split. */
export function chineseReader(term: string): TextReader {
  const encoding = characterSets[term]?.encoding ?? 'gb18030';
  const strict = new TextDecoder(encoding, { fatal: true });
  return ({ bytes }, doubts) => {
    try {
      return strict.decode(bytes);
    } catch {
      doubts.add('wrong');
      return asUtf8(bytes) ?? new TextDecoder(encoding).decode(bytes);
    }
  };
}

/** One byte for each character, no code extensions. */
export function singleByteReader(term: string): TextReader {
  const extended = extendedReader([term]);
  return (value, doubts) => {
    if (value.hasEscape) return extended(value, doubts);
    const unicode = undeclaredUtf8(term, value);
    if (unicode !== null) {
      doubts.add('wrong');
      return unicode;
    }
    return convertWhole(term, value, doubts);
  };
}

/** Where nothing usable is declared. `doubt` is what to tell; `null` where it has been told already. */
export function guessingReader(doubt: TextDoubt | null): TextReader {
  const extended = extendedReader([ASCII_TERM]);
  return (value, doubts) => {
    if (doubt) doubts.add(doubt);
    return value.hasEscape ? extended(value, new Set()) : guess(value.bytes);
  };
}
