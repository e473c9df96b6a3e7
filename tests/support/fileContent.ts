/** Files of long ago, and what is in a file: for tests of changing values and nothing else. */
import { deflateSync } from 'fflate';
import { dumpFile, type DumpedElement } from '../../src-shared/dataset/dump';
import { locateDataSet } from '../../src-shared/dataset/part10';
import { readRawElements } from '../../src-shared/dataset/rawElements';
import { fileFrom, TRANSFER_SYNTAX, type Element, type ElementList } from '../../src-shared/dataset/write';
import { encodeElements } from '../../src-shared/dataset/writeElements';

type Bytes = Uint8Array<ArrayBuffer>;

export const DEFLATED = '1.2.840.10008.1.2.1.99';

export const latinFile = (elements: ElementList, transferSyntaxUid: string, hasUndefinedLengths = false): Bytes => {
  const encoding = {
    isExplicit: transferSyntaxUid !== TRANSFER_SYNTAX.implicitLittle,
    isBigEndian: transferSyntaxUid === TRANSFER_SYNTAX.explicitBig,
    hasUndefinedLengths,
  };
  const identity = { sopClassUid: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUid: '2.25.12', transferSyntaxUid };
  const dataSet = encodeElements(elements, encoding);
  return fileFrom(identity, transferSyntaxUid === DEFLATED ? deflateSync(dataSet) : dataSet);
};

/** ISO 8859-1, as a writer of long ago has it; the writer of these tests knows Unicode only, so bytes are given to it as text. */
export const latin = (tag: number, text: string): Element => {
  const value = Uint8Array.from(text.padEnd(text.length + (text.length % 2)), (letter) => letter.charCodeAt(0));
  return { tag, vr: tag === 0x00100010 ? 'PN' : 'LO', value } as unknown as Element;
};

/** Everything in a file, to be compared before and after: elements by tag, and what follows them. */
export function contentOf(file: Bytes): { byTag: Map<number, string>; tail: string } {
  const located = locateDataSet(file);
  if (!located) throw new Error('no data set');
  const { bytes, start, encoding } = located;
  const raw = readRawElements(bytes, { start, end: bytes.length }, encoding);
  const hex = (from: number, to?: number): string => Buffer.from(bytes.subarray(from, to)).toString('hex');
  return {
    byTag: new Map(raw.map((element) => [element.tag, hex(element.start, element.end)])),
    tail: hex(raw.at(-1)?.end ?? start),
  };
}

const CHANGED = new Set([0x00080005, 0x00080050, 0x00100010, 0x00100020, 0x00100021, 0x04000561]);

/** What is not to change: all but the values asked for. */
export function untouched(file: Bytes): { elements: [number, string][]; tail: string } {
  const { byTag, tail } = contentOf(file);
  return { elements: [...byTag].filter(([tag]) => !CHANGED.has(tag)), tail };
}

export function dumped(file: Bytes, tag: string): DumpedElement | undefined {
  return dumpFile(file).elements.find((element) => element.tag === tag);
}

export type Plain = Readonly<Record<string, unknown>>;

/** Items of a sequence as keyword and value. */
export function itemsOf(element: DumpedElement | undefined): Plain[] {
  return (element?.items ?? []).map((item) =>
    Object.fromEntries(
      item.map((inner) => [inner.keyword, inner.items ? itemsOf(inner) : (inner.values ?? []).join('\\')]),
    ),
  );
}

export const history = (file: Bytes): Plain[] => itemsOf(dumped(file, '04000561'));
