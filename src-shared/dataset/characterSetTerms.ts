/**
 * Defined terms of (0008,0005): those of the Standard, those that real files write instead, and a few parts of ISO 8859 that the
 * Standard does not name but files do. Source: PS3.3 C.12.1.1.2; PS3.5 6.1.2.
 */
import { characterSets } from 'dicom-character-set';
import './codeExtensions';

/** ISO-IR registration by part of ISO 8859. */
const LATIN_PARTS: Readonly<Record<string, number>> = {
  1: 100,
  2: 101,
  3: 109,
  4: 110,
  5: 144,
  6: 127,
  7: 126,
  8: 138,
  9: 148,
  10: 157,
  11: 166,
  13: 179,
  14: 199,
  15: 203,
  16: 226,
};

/** ISO 8859 part by number of the Latin alphabet. */
const LATIN_ALPHABETS: Readonly<Record<string, number>> = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 9, 6: 10, 7: 13, 8: 14, 9: 15 };

/** Only with code extensions, whatever the file says: a lone `ISO_IR 149` is common and means this. */
const ONLY_EXTENDED = new Set([87, 159, 149, 58]);

const OTHER_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^GB[ _-]?18030$/, 'GB18030'],
  [/^(GBK|GB[ _-]?2312|GB_2312-80|CP936)$/, 'GBK'],
  [/^(UTF[ _-]?8|UNICODE.*|ISO[ _-]?10646.*)$/, 'ISO_IR 192'],
  [/^(US[ _-]?)?ASCII$/, 'ISO_IR 6'],
  [/^(WINDOWS[ _-]?|CP[ _-]?)1252$/, 'ISO_IR 100'],
  [/^(SHIFT[ _-]?JIS|SJIS)$/, 'ISO_IR 13'],
  [/^(EUC[ _-]?KR|KS[ _-]?X[ _-]?1001|KS[ _-]?C[ _-]?5601.*)$/, 'ISO 2022 IR 149'],
  [/^TIS[ _-]?620.*$/, 'ISO_IR 166'],
];

function registrationTerm(registration: number, isExtended: boolean): string | null {
  if (registration === 192) return 'ISO_IR 192';
  const extended = `ISO 2022 IR ${registration}`;
  const plain = `ISO_IR ${registration}`;
  const term = isExtended || ONLY_EXTENDED.has(registration) ? extended : plain;
  if (term in characterSets) return term;
  return plain in characterSets ? plain : null;
}

/** A defined term, or what a careless writer meant by it; `''` for an empty one, `null` when nobody can tell. */
function definedTerm(written: string): string | null {
  const term = written
    .replace(/[\s\0]+/g, ' ')
    .trim()
    .toUpperCase();
  if (term === '') return '';
  const ir = /^ISO[ _-]?(2022[ _-]?)?IR[ _-]?(\d{1,3})$/.exec(term);
  if (ir) return registrationTerm(Number(ir[2]), ir[1] !== undefined);
  const part = /^ISO[ _-]?8859[ _-](\d{1,2})$/.exec(term)?.[1];
  const alphabet = LATIN_ALPHABETS[/^LATIN[ _-]?(\d)$/.exec(term)?.[1] ?? ''];
  const registration = LATIN_PARTS[part ?? alphabet ?? ''];
  if (registration !== undefined) return registrationTerm(registration, false);
  return OTHER_NAMES.find(([pattern]) => pattern.test(term))?.[1] ?? null;
}

export interface CharacterSetTerms {
  /** As the package knows them; the first may be `''`: ISO_IR 6. */
  readonly terms: readonly string[];
  /** False: some were not understood and left out. */
  readonly isKnown: boolean;
}

export function characterSetTerms(specificCharacterSet: string): CharacterSetTerms {
  const all = specificCharacterSet.split('\\').map(definedTerm);
  const terms = all.filter((term) => term !== null);
  return { terms, isKnown: terms.length === all.length };
}
