/**
 * Text into bytes of a character set that a file declares: the inverse of the decoder, by whose own answers its tables are made, so
 * that what was written reads back the same on every machine. Source: PS3.5 6.1.2.5, annexes H to K.
 */
import { characterSets, convertBytes, type CodeElement } from 'dicom-character-set';
import { characterSetTerms } from './characterSetTerms';
import { ASCII_TERM, extendedTerm } from './codeExtensions';
import { textDecoding } from './text';

type Table = ReadonlyMap<string, readonly number[]>;

const utf8 = new TextEncoder();

/** Codes of 94 or 96 positions for each byte, from 0x21 or 0xA1; one byte has the space of its half, too. */
function codesOf({
  codeElement,
  bytesPerCodePoint,
}: Pick<CodeElement, 'codeElement' | 'bytesPerCodePoint'>): number[][] {
  const high = codeElement === 'G1' ? 0x80 : 0;
  if (bytesPerCodePoint === 1) return Array.from({ length: 96 }, (_, index) => [0x20 + index + high]);
  const positions = Array.from({ length: 94 }, (_, index) => 0x21 + index + high);
  return positions.flatMap((first) => positions.map((second) => [first, second]));
}

/** Of several codes for a character the first counts. */
function tableOf(codes: readonly (readonly number[])[], decode: (code: readonly number[]) => string): Table {
  const table = new Map<string, readonly number[]>();
  for (const code of codes) {
    const character = decode(code);
    const isOne = Array.from(character).length === 1 && character !== '\ufffd';
    if (isOne && !table.has(character)) table.set(character, code);
  }
  return table;
}

const tables = new Map<string, Table>();

function cached(key: string, make: () => Table): Table {
  let table = tables.get(key);
  if (!table) tables.set(key, (table = make()));
  return table;
}

/** Characters of one designated part. */
function partTable(term: string, part: CodeElement): Table {
  return cached(`${term} ${part.codeElement}`, () =>
    tableOf(codesOf(part), (code) =>
      convertBytes(term, Uint8Array.from([...part.escapeSequence, ...code]), { vr: 'LT' }),
    ),
  );
}

/** Characters above ASCII of a term without code extensions. */
function plainTable(term: string): Table {
  const isDouble = term === 'GBK' || term === 'GB18030';
  const bytes = Array.from({ length: 0x80 }, (_, index) => 0x80 + index);
  const seconds = Array.from({ length: 0xbf }, (_, index) => 0x40 + index);
  const codes = isDouble
    ? bytes.flatMap((first) => seconds.map((second) => [first, second]))
    : bytes.map((byte) => [byte]);
  return cached(term, () => tableOf(codes, (code) => convertBytes(term, Uint8Array.from(code), { vr: 'LT' })));
}

const isAscii = (character: string): boolean => character < '\u0080';

/** `null` where a character is not in the set. */
function encodePlain(text: string, term: string): number[] | null {
  const bytes: number[] = [];
  for (const character of text) {
    const code = isAscii(character) ? [character.charCodeAt(0)] : plainTable(term).get(character);
    if (!code) return null;
    bytes.push(...code);
  }
  return bytes;
}

interface Part {
  readonly term: string;
  readonly part: CodeElement;
}

const DELIMITERS = new Set(['^', '=', '\\', '\r', '\n', '\f', '\t']);

/** Writes with escape sequences; in ASCII before every delimiter and at the end, as the Standard asks. */
class ExtendedWriter {
  readonly #bytes: number[] = [];
  readonly #parts: readonly Part[];
  readonly #initial: Readonly<Record<'G0' | 'G1', CodeElement | null>>;
  #active: Record<'G0' | 'G1', CodeElement | null>;

  constructor(terms: readonly string[]) {
    this.#parts = terms.flatMap((term) => (characterSets[term]?.elements ?? []).map((part) => ({ term, part })));
    const first = characterSets[terms[0] ?? '']?.elements ?? [];
    const single = (side: 'G0' | 'G1') =>
      first.find(({ codeElement, bytesPerCodePoint }) => codeElement === side && bytesPerCodePoint === 1) ?? null;
    this.#initial = { G0: single('G0'), G1: single('G1') };
    this.#active = { ...this.#initial };
  }

  write(text: string): Uint8Array | null {
    for (const character of text) {
      if (DELIMITERS.has(character)) {
        this.#toInitial();
        this.#active = { ...this.#initial };
      }
      if (!this.#put(character)) return null;
    }
    this.#toInitial();
    return Uint8Array.from(this.#bytes);
  }

  #put(character: string): boolean {
    if (isAscii(character)) {
      this.#toInitial();
      this.#bytes.push(character.charCodeAt(0));
      return true;
    }
    const fitting = this.#parts.filter(({ term, part }) => partTable(term, part).has(character));
    const chosen = fitting.find(({ part }) => this.#active[part.codeElement] === part) ?? fitting[0];
    if (!chosen) return false;
    const { term, part } = chosen;
    if (this.#active[part.codeElement] !== part) {
      this.#bytes.push(...part.escapeSequence);
      this.#active[part.codeElement] = part;
    }
    this.#bytes.push(...(partTable(term, part).get(character) ?? []));
    return true;
  }

  /** G0 only: bytes of G1 are told by their high bit. */
  #toInitial(): void {
    const { G0 } = this.#initial;
    if (this.#active.G0 === G0) return;
    this.#bytes.push(...(G0?.escapeSequence ?? ASCII_ESCAPE));
    this.#active.G0 = G0;
  }
}

const ASCII_ESCAPE = characterSets[ASCII_TERM]?.elements?.[0]?.escapeSequence ?? [];

function encode(text: string, terms: readonly string[]): Uint8Array | null {
  const [first = '', ...others] = terms;
  if (first === 'ISO_IR 192') return utf8.encode(text);
  const isExtended = first.startsWith('ISO 2022') || (others.length > 0 && !first.startsWith('GB'));
  if (isExtended) return new ExtendedWriter(terms.flatMap((term) => extendedTerm(term) ?? [])).write(text);
  if (first === '' || first === 'ISO_IR 6') return null;
  const bytes = encodePlain(text, first);
  return bytes && Uint8Array.from(bytes);
}

/** Without padding; `null` where the character set cannot hold the text. */
export function encodeText(text: string, specificCharacterSet: string, vr: string): Uint8Array | null {
  const { terms, isKnown } = characterSetTerms(specificCharacterSet);
  const isAsciiOnly = Array.from(text).every(isAscii);
  if (isAsciiOnly && !/IR 13$/.test(terms[0] ?? '')) return utf8.encode(text);
  const bytes = isKnown ? encode(text, terms) : null;
  // A value that reads back as something else would be a silent change.
  return bytes && textDecoding(specificCharacterSet).decode(bytes, vr) === text ? bytes : null;
}
