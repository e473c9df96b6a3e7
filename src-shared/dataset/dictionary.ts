/**
 * The data dictionary: VR and keyword by tag. The table is made from the `dicom.dic` of DCMTK (OFFIS, BSD licence),
 * which lists PS3.6 chapters 6 to 9: by group, `EEEEVRKeyword` separated by blanks, `--` where an element has no VR. Of several
 * VRs the one without a sign, or the wider one, is given.
 */
import table from './dictionary.json';

export interface DictionaryEntry {
  /** `''` for delimiters. */
  readonly vr: string;
  readonly keyword: string;
}

/** Groups that repeat in even steps are listed once. Source: PS3.5 7.6. */
const REPEATING: Readonly<Record<string, string>> = { '50': '50xx', '60': '60xx', '7f': '7fxx' };

/** (gggg,0010) to (gggg,00FF) of an odd group. Source: PS3.5 7.8.1. */
const PRIVATE_CREATOR: DictionaryEntry = { vr: 'LO', keyword: 'PrivateCreator' };

/** Retired, of any group. Source: PS3.5 7.2. */
const GROUP_LENGTH: DictionaryEntry = { vr: 'UL', keyword: 'GroupLength' };

const byTag = new Map<string, DictionaryEntry>();

/** `null` for private attributes other than their creators, and for unknown ones. */
export function dictionaryEntry(tag: number): DictionaryEntry | null {
  if (byTag.size === 0) fill();
  const digits = tag.toString(16).padStart(8, '0');
  const repeating = REPEATING[digits.slice(0, 2)] ?? '';
  const entry = byTag.get(digits) ?? byTag.get(repeating + digits.slice(4));
  const isPrivate = (tag & 0x10000) !== 0;
  if (entry && !isPrivate) return entry;
  const element = tag & 0xffff;
  if (element === 0) return GROUP_LENGTH;
  return isPrivate && element >= 0x10 && element <= 0xff ? PRIVATE_CREATOR : null;
}

function fill(): void {
  for (const [group, text] of Object.entries(table)) {
    for (const entry of text.split(' ')) {
      const vr = entry.slice(4, 6).replace('--', '');
      byTag.set(group + entry.slice(0, 4), { vr, keyword: entry.slice(6) });
    }
  }
}
