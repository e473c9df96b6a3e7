/**
 * Changes a few identifying values of a whole file and keeps the old ones in it. Every byte that need not change stays: private
 * elements, odd lengths, pixel data. Only where a new text cannot be written in the file's character set is all of its text
 * written anew, as ISO_IR 192. Source: PS3.3 C.12.1.1.9; PS3.10 7.1.
 */
import { AppError } from '../base/appError';
import { TextConversion } from './convertText';
import { DataSet } from './dataSet';
import { walkElements } from './elements';
import { encodeText } from './encodeText';
import { fileText } from './fileText';
import { requireDicom, truncatedInside, type TextOptions } from './header';
import { originalAttributes, type OldElement, type Provenance } from './originalAttributes';
import { locateDataSet, type LocatedDataSet } from './part10';
import { assemblePart10 } from './part10Frame';
import { encodeElement, joined, paddedText, readRawElements, type RawElement } from './rawElements';
import { isDirectory } from './records';
import { Tag } from './tags';
import { textDecoding } from './text';

export type { Provenance } from './originalAttributes';

/** Text as people read it; a value that is left out stays as it is. */
export interface NewValues {
  readonly patientName?: string;
  readonly patientId?: string;
  readonly issuerOfPatientId?: string;
  readonly accessionNumber?: string;
}

interface Change {
  readonly tag: number;
  readonly vr: string;
  readonly text: string;
}

/** A backslash would make two values of one. */
const FORBIDDEN = /[\u0000-\u001f\\\u007f]+/g;

function changesOf(values: NewValues): Change[] {
  const wanted: [number, string, string | undefined][] = [
    [Tag.AccessionNumber, 'SH', values.accessionNumber],
    [Tag.PatientName, 'PN', values.patientName],
    [Tag.PatientId, 'LO', values.patientId],
    [Tag.IssuerOfPatientId, 'LO', values.issuerOfPatientId],
  ];
  return wanted.flatMap(([tag, vr, text]) => {
    return text === undefined ? [] : [{ tag, vr, text: text.replace(FORBIDDEN, ' ').trim() }];
  });
}

interface Original {
  readonly located: LocatedDataSet;
  readonly elements: readonly RawElement[];
  readonly dataSet: DataSet;
  /** The file's own, or the one that replaces it; `''` when absent. */
  readonly characterSet: string;
  /** The file names another one than `characterSet`. */
  readonly isRelabelled: boolean;
}

/** @throws `file/empty`, `file/not-dicom`, `file/truncated`, `file/malformed` */
function open(bytes: Uint8Array<ArrayBuffer>, override: string | null): Original {
  requireDicom(bytes, bytes.length);
  const located = locateDataSet(bytes);
  if (!located) throw new AppError('file/truncated', 'The file ends early: it stops in its meta header.');
  const walk = walkElements(located.bytes, located.start, located.encoding);
  if (walk.stop === 'short') throw truncatedInside(walk);
  const dataSet = new DataSet(located.bytes, located.encoding, walk.elements, fileText(override));
  if (isDirectory(dataSet, located.meta)) throw new AppError('file/malformed', 'A DICOMDIR is not to be changed.');
  const range = { start: located.start, end: located.bytes.length };
  const elements = readRawElements(located.bytes, range, located.encoding);
  const own = dataSet.rawText(Tag.SpecificCharacterSet, 'CS');
  const characterSet = override ?? own;
  return { located, elements, dataSet, characterSet, isRelabelled: own.trim() !== characterSet.trim() };
}

function firstOf({ elements }: Original, tag: number): RawElement | undefined {
  return elements.find((element) => element.tag === tag);
}

function valueOf({ located }: Original, element: RawElement | undefined): Uint8Array<ArrayBuffer> {
  return element ? located.bytes.subarray(element.offset, element.offset + element.length) : new Uint8Array(0);
}

const asciiValue = (text: string): Uint8Array => paddedText(new TextEncoder().encode(text.replace(/[ \0]+$/, '')));

const isPlain = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80 && byte !== 0x1b);

/** The old elements, and the character set that they need when the data set's becomes another. */
function oldValues(original: Original, changes: readonly Change[], isConverted: boolean) {
  const elements = changes.map(({ tag, vr }): OldElement => {
    const element = firstOf(original, tag);
    return { tag, vr: element?.vr || vr, value: valueOf(original, element) };
  });
  const needsCharacterSet = isConverted && elements.some(({ value }) => !isPlain(value));
  return { elements, characterSet: needsCharacterSet ? asciiValue(original.characterSet) : null };
}

/** New elements by tag, complete. */
type Edits = ReadonlyMap<number, Uint8Array>;

interface Plan {
  readonly edits: Edits;
  /** `null`: text stays as it is. */
  readonly conversion: TextConversion | null;
}

function existingAttributes(original: Original): { element: RawElement; value: Uint8Array } | null {
  const element = firstOf(original, Tag.OriginalAttributesSequence);
  if (!element || element.length === 0) return null;
  const count = original.dataSet.items(element.tag).length;
  if (count === 0) throw new AppError('file/malformed', 'The list of earlier changes in the file is damaged.');
  return { element, value: valueOf(original, element) };
}

function planOf(original: Original, changes: readonly Change[], provenance: Provenance): Plan {
  const { encoding, bytes } = original.located;
  const { characterSet } = original;
  const inOwn = changes.map(({ text, vr }) => encodeText(text, characterSet, vr));
  const isConverted = inOwn.includes(null);
  const conversion = isConverted ? new TextConversion(bytes, textDecoding(characterSet)) : null;
  const edits = new Map<number, Uint8Array>();
  if (isConverted || original.isRelabelled) {
    const value = asciiValue(isConverted ? 'ISO_IR 192' : characterSet);
    edits.set(Tag.SpecificCharacterSet, encodeElement({ tag: Tag.SpecificCharacterSet, vr: 'CS', value }, encoding));
  }
  changes.forEach(({ tag, vr, text }, index) => {
    const value = paddedText((isConverted ? null : inOwn[index]) ?? new TextEncoder().encode(text));
    edits.set(tag, encodeElement({ tag, vr, value }, encoding));
  });
  const old = oldValues(original, changes, isConverted);
  const existing = existingAttributes(original);
  const earlier =
    existing && conversion ? { ...existing, value: conversion.items(existing.element, encoding) } : existing;
  edits.set(Tag.OriginalAttributesSequence, originalAttributes(earlier, old, { provenance, encoding }));
  return { edits, conversion };
}

/** Pieces of the data set up to its pixel data: edits in the place of what they replace, or in order of tags. */
function* editedPieces(original: Original, { edits, conversion }: Plan): Generator<[tag: number, piece: Uint8Array]> {
  const { bytes, encoding } = original.located;
  const present = new Set(original.elements.map(({ tag }) => tag));
  const missing = [...edits].filter(([tag]) => !present.has(tag)).sort(([a], [b]) => a - b);
  const written = new Set<number>();
  for (const element of original.elements) {
    for (let next = missing[0]; next && next[0] < element.tag; next = missing[0]) {
      yield next;
      missing.shift();
    }
    const edit = edits.get(element.tag);
    if (!edit)
      yield [element.tag, conversion?.element(element, encoding) ?? bytes.subarray(element.start, element.end)];
    // An attribute that is there twice would keep the old value a second time.
    else if (!written.has(element.tag)) yield [element.tag, edit];
    written.add(element.tag);
  }
  yield* missing;
}

/** Group lengths (gggg,0000), retired but met, are made true again. Source: PS3.5 7.2. */
function withGroupLengths(
  pieces: readonly [tag: number, piece: Uint8Array][],
  { elements, located }: Original,
): Uint8Array[] {
  const growth = new Map<number, number>();
  const add = (tag: number, bytes: number) => growth.set(tag >>> 16, (growth.get(tag >>> 16) ?? 0) + bytes);
  for (const [tag, piece] of pieces) add(tag, piece.length);
  for (const { tag, start, end } of elements) add(tag, start - end);
  return pieces.map(([tag, piece]) => {
    const delta = growth.get(tag >>> 16) ?? 0;
    const isGroupLength = (tag & 0xffff) === 0 && piece.length >= GROUP_LENGTH_BYTES;
    if (!isGroupLength || delta === 0) return piece;
    const changed = piece.slice();
    const view = new DataView(changed.buffer);
    const at = changed.length - GROUP_LENGTH_BYTES;
    view.setUint32(at, view.getUint32(at, located.encoding.isLittleEndian) + delta, located.encoding.isLittleEndian);
    return changed;
  });
}

const GROUP_LENGTH_BYTES = 4;

/**
 * The file with new values; the old ones, those of attributes that were absent as empty ones, are in a new item of (0400,0561). Values
 * that are the same already are no change; without any change the bytes themselves are given back. A file without preamble or meta
 * header gets them. With `characterSet` the file's text is taken to be in it, and a changed file says so from then on.
 * @throws `file/empty`, `file/not-dicom`, `file/truncated`, `file/malformed`
 */
export function rewriteValues(
  bytes: Uint8Array<ArrayBuffer>,
  newValues: NewValues,
  provenance: Provenance,
  { characterSet = null }: TextOptions = {},
): Uint8Array<ArrayBuffer> {
  const original = open(bytes, characterSet);
  const { dataSet, located, elements } = original;
  const changes = changesOf(newValues).filter(({ tag, vr, text }) => dataSet.text(tag, vr) !== text);
  if (changes.length === 0) return bytes;
  const plan = planOf(original, changes, provenance);
  const pieces = withGroupLengths([...editedPieces(original, plan)], original);
  const rest = located.bytes.subarray(elements.at(-1)?.end ?? located.start);
  return assemblePart10({ bytes, located, dataSet }, joined([...pieces, rest]));
}
