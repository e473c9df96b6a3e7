/** What values were before they were changed. Source: PS3.3 C.12.1.1.9, table C.12.1-6 (Original Attributes Macro). */
import { contentEncoding, type Encoding } from './elements';
import { encodeElement, encodeItem, joined, paddedText, type RawElement } from './rawElements';
import { Tag } from './tags';

export interface Provenance {
  /** Of the change. */
  readonly atMs: number;
  /** (0400,0564): who supplied the old values; `''` when not known. */
  readonly source: string;
}

const MODIFYING_SYSTEM = 'Isocenter';
const LATIN_1_VALUES = /[^\u0020-\u005b\u005d-\u007e]/g;
const MOST_LO_CHARACTERS = 64;

const ascii = new TextEncoder();

/** DT in UTC. Source: PS3.5 6.2. */
function dateTime(atMs: number): string {
  const [date = '', time = ''] = new Date(atMs).toISOString().split('T');
  return `${date.replaceAll('-', '')}${time.replace(/[:Z]/g, '')}000+0000`;
}

/** Plain ASCII, so that it is the same in every character set. */
function plainLo(text: string): string {
  return text.replace(LATIN_1_VALUES, '?').slice(0, MOST_LO_CHARACTERS).trim();
}

export interface OldValues {
  /** Elements as they stood in the file, in order of tags; one of no length for each that was absent. */
  readonly elements: readonly OldElement[];
  /** (0008,0005) for them, where the data set's own will not be theirs any more; `null`: it is. */
  readonly characterSet: Uint8Array | null;
}

export interface OldElement {
  readonly tag: number;
  readonly vr: string;
  readonly value: Uint8Array;
}

function itemOf({ elements, characterSet }: OldValues, provenance: Provenance, encoding: Encoding): Uint8Array {
  const element = (tag: number, vr: string, value: Uint8Array) => encodeElement({ tag, vr, value }, encoding);
  const text = (tag: number, vr: string, value: string) => element(tag, vr, paddedText(ascii.encode(value)));
  const modified = joined([
    ...(characterSet ? [element(Tag.SpecificCharacterSet, 'CS', characterSet)] : []),
    ...elements.map(({ tag, vr, value }) => element(tag, vr, value)),
  ]);
  const content = joined([
    element(Tag.ModifiedAttributesSequence, 'SQ', encodeItem(modified, encoding)),
    text(Tag.AttributeModificationDateTime, 'DT', dateTime(provenance.atMs)),
    text(Tag.ModifyingSystem, 'LO', MODIFYING_SYSTEM),
    text(Tag.SourceOfPreviousValues, 'LO', plainLo(provenance.source)),
    text(Tag.ReasonForAttributeModification, 'CS', 'COERCE'),
  ]);
  return encodeItem(content, encoding);
}

/** (0400,0561) with one item more than `existing`, whose own stay as they are. */
export function originalAttributes(
  existing: { readonly element: RawElement; readonly value: Uint8Array } | null,
  old: OldValues,
  { provenance, encoding }: { readonly provenance: Provenance; readonly encoding: Encoding },
): Uint8Array<ArrayBuffer> {
  const tag = Tag.OriginalAttributesSequence;
  if (!existing) return encodeElement({ tag, vr: 'SQ', value: itemOf(old, provenance, encoding) }, encoding);
  const { vr, hasUndefinedLength } = existing.element;
  const item = itemOf(old, provenance, contentEncoding(vr, encoding));
  return encodeElement({ tag, vr, value: joined([existing.value, item]), hasUndefinedLength }, encoding);
}
