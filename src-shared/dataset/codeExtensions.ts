/** Escape sequences in text: which character sets they designate. Source: PS3.3 C.12.1.1.2 tables C.12-3 and C.12-4; PS3.5 6.1.2.5. */
import { characterSets } from 'dicom-character-set';

export const ESCAPE = 0x1b;
export const ASCII_TERM = 'ISO 2022 IR 6';

/** Latin alphabet No. 9, which the Standard added after the package was made (1.0.5). */
if (!('ISO_IR 203' in characterSets)) {
  characterSets['ISO_IR 203'] = { encoding: 'iso-8859-15' };
  characterSets['ISO 2022 IR 203'] = {
    extension: true,
    elements: [
      ...(characterSets[ASCII_TERM]?.elements ?? []),
      { codeElement: 'G1', escapeSequence: [ESCAPE, 0x2d, 0x62], encoding: 'iso-8859-15', bytesPerCodePoint: 1 },
    ],
  };
}

/** Parts of ISO 8859 that no defined term names; alone only. */
for (const [registration, encoding] of [
  [157, 'iso-8859-10'],
  [179, 'iso-8859-13'],
  [199, 'iso-8859-14'],
  [226, 'iso-8859-16'],
] as const) {
  characterSets[`ISO_IR ${registration}`] ??= { encoding };
}

/** The term for the same character set with code extensions; `null` where there is none. `''` is ASCII. */
export function extendedTerm(term: string): string | null {
  const extended = term === '' ? ASCII_TERM : term.replace('ISO_IR', 'ISO 2022 IR');
  return characterSets[extended]?.elements ? extended : null;
}

const sequences = Object.entries(characterSets).flatMap(([term, { elements = [] }]) =>
  elements.map(({ escapeSequence }) => ({ term, escapeSequence })),
);

export interface Escapes {
  /** Terms of escape sequences that none of the declared ones has. */
  readonly used: readonly string[];
  /** The bytes without escapes that mean nothing. */
  readonly bytes: Uint8Array;
  readonly hasStrays: boolean;
}

export function escapesIn(bytes: Uint8Array, declared: readonly string[]): Escapes {
  const used = new Set<string>();
  const strays = new Set<number>();
  for (let at = bytes.indexOf(ESCAPE); at >= 0; at = bytes.indexOf(ESCAPE, at + 1)) {
    const fitting = sequences.filter(({ escapeSequence }) =>
      escapeSequence.every((byte, index) => bytes[at + index] === byte),
    );
    const [first] = fitting;
    if (!first) strays.add(at);
    else if (!fitting.some(({ term }) => declared.includes(term))) used.add(first.term);
  }
  const hasStrays = strays.size > 0;
  const sound = hasStrays ? bytes.filter((_, index) => !strays.has(index)) : bytes;
  return { used: [...used], bytes: sound, hasStrays };
}
