/**
 * Text of a data set, decoded from its bytes by Specific Character Set. Source: PS3.5 6.1, PS3.3 C.12.1.1.2.
 * The decoding of code extensions is `dicom-character-set`; around it: names of character sets that real files
 * misspell, two that the package gets wrong, and bytes that contradict what the file declares.
 */
import { convertBytes } from 'dicom-character-set';

/** `undeclared`: beyond ASCII, and no character set is named; `wrong`: not in the one that is. The text is then a guess. */
export type TextDoubt = 'undeclared' | 'wrong';

export interface TextDecoding {
  /** Decodes one whole value, backslashes between its values included, not trimmed. Adds to `doubts`. */
  decode(bytes: Uint8Array, vr: string, doubts?: Set<TextDoubt>): string;
  /** False: (0008,0005) names something that is not known, and text beyond ASCII is a guess. */
  readonly isKnown: boolean;
}

const ESCAPE = 0x1b;
const TILDE = 0x7e;

const KNOWN_IR = new Set([6, 100, 101, 109, 110, 144, 127, 126, 138, 148, 13, 166, 87, 159, 149, 58, 192]);
/** Only with code extensions, whatever the file says: a lone `ISO_IR 149` is common and means this. */
const ONLY_EXTENDED = new Set([87, 159, 149, 58]);

/** A defined term of (0008,0005), or what a careless writer meant by it; `null` when nobody can tell. */
function definedTerm(written: string): string | null {
  const term = written.trim().toUpperCase();
  if (term === '') return '';
  const ir = /^ISO[ _-]?(2022[ _-]?)?IR[ _-]?(\d{1,3})$/.exec(term);
  if (ir) {
    const registration = Number(ir[2]);
    if (registration === 203) return 'LATIN9';
    if (!KNOWN_IR.has(registration)) return null;
    if (registration === 192) return 'ISO_IR 192';
    return `${ir[1] !== undefined || ONLY_EXTENDED.has(registration) ? 'ISO 2022 IR' : 'ISO_IR'} ${registration}`;
  }
  if (/^GB[ _-]?18030$/.test(term)) return 'GB18030';
  if (/^(GBK|GB2312|GB_2312-80)$/.test(term)) return 'GBK';
  if (/^(UTF[ _-]?8|ISO[ _-]?10646.*)$/.test(term)) return 'ISO_IR 192';
  const latin = /^(?:ISO[ _-]?8859[ _-]?1|LATIN[ _-]?1)$/.test(term);
  return latin ? 'ISO_IR 100' : null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const windows1252 = new TextDecoder('windows-1252');
const latin9 = new TextDecoder('iso-8859-15');

/** For bytes that the declared character set cannot explain: UTF-8 when they are valid as such, else Latin-1. */
function decodeUndeclared(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return windows1252.decode(bytes);
  }
}

/** Chunks keep `fromCharCode` below the limit of arguments. */
function ascii(bytes: Uint8Array): string {
  if (bytes.length <= 4096) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let text = '';
  for (let start = 0; start < bytes.length; start += 4096) text += ascii(bytes.subarray(start, start + 4096));
  return text;
}

function isPlain(bytes: Uint8Array, isRomaji: boolean): boolean {
  for (const byte of bytes) {
    if (byte >= 0x80 || byte === ESCAPE || (isRomaji && byte === TILDE)) return false;
  }
  return true;
}

function decodingOf(specificCharacterSet: string): TextDecoding {
  const terms = specificCharacterSet.split('\\').map(definedTerm);
  const known = terms.filter((term) => term !== null);
  const isKnown = known.length === terms.length;
  const isRomaji = /IR 13$/.test(known[0] ?? '');
  const extended = known.map((term) => (term === 'LATIN9' ? 'ISO_IR 100' : term)).join('\\');
  const declared = (bytes: Uint8Array, vr: string): string => {
    if (known[0] === 'LATIN9') return latin9.decode(bytes);
    if (!isKnown || extended === '' || extended === 'ISO_IR 6') return decodeUndeclared(bytes);
    try {
      return convertBytes(extended, bytes, { vr });
    } catch {
      return decodeUndeclared(bytes.filter((byte) => byte !== ESCAPE));
    }
  };
  return {
    isKnown,
    decode: (bytes, vr) => (isPlain(bytes, isRomaji) ? ascii(bytes) : declared(bytes, vr)),
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
