/** Person names: from the field's components to the form people read. Source: PS3.5 6.2.1. */
import type { PersonName } from './records';

export interface ReadableName {
  /** `Adams, John Robert Quincy (Rev. B.A.)`; the ideographic or phonetic form where there is no alphabetic one; else `''`. */
  readonly primary: string;
  /** `''` when absent, or already the primary form. */
  readonly ideographic: string;
  readonly phonetic: string;
}

/** A name field (`Yamada^Tarou=山田^太郎=やまだ^たろう`) as its component groups. */
export function parsePersonName(text: string): PersonName {
  const [alphabetic = '', ideographic = '', phonetic = ''] = text.split('=').map((group) => group.trim());
  return { alphabetic, ideographic, phonetic };
}

/** Family, given, middle, prefix and suffix of one component group. */
function components(group: string): readonly string[] {
  return group.split('^').map((component) => component.trim());
}

function joined(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}

/** Lists sort and compare by family name, so it comes first; what is neither family nor given name is in brackets. */
function alphabeticForm(group: string): string {
  const [family, given, middle, prefix, suffix] = components(group);
  const name = joined([family, joined([given, middle], ' ')], ', ');
  const titles = joined([prefix, suffix], ' ');
  return titles === '' ? name : joined([name, `(${titles})`], ' ');
}

/** Family name first and no comma, as these scripts are written. */
function nativeForm(group: string): string {
  return joined(components(group), ' ');
}

export function formatPersonName(name: PersonName): ReadableName {
  const alphabetic = alphabeticForm(name.alphabetic);
  const ideographic = nativeForm(name.ideographic);
  const phonetic = nativeForm(name.phonetic);
  if (alphabetic !== '') return { primary: alphabetic, ideographic, phonetic };
  if (ideographic !== '') return { primary: ideographic, ideographic: '', phonetic };
  return { primary: phonetic, ideographic: '', phonetic: '' };
}
