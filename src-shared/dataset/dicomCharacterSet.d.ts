/** The package ships no types. */
declare module 'dicom-character-set' {
  export function convertBytes(
    specificCharacterSet: string,
    bytes: Uint8Array,
    options?: { readonly vr?: string },
  ): string;

  export interface CodeElement {
    readonly codeElement: 'G0' | 'G1';
    /** Designates the element, its ESC first. Source: PS3.3 C.12.1.1.2 tables 3 and 4. */
    readonly escapeSequence: readonly number[];
    /** A label of `TextDecoder`. */
    readonly encoding: string;
    readonly bytesPerCodePoint: 1 | 2;
    readonly isASCII?: boolean;
    readonly setHighBit?: boolean;
    readonly isJISX0212?: boolean;
  }

  export interface CharacterSet {
    /** Without code extensions. */
    readonly encoding?: string;
    readonly extension?: boolean;
    readonly multiByte?: boolean;
    /** With code extensions. */
    readonly elements?: readonly CodeElement[];
  }

  /** By defined term. What is added here is known to `convertBytes`. */
  export const characterSets: Record<string, CharacterSet>;
}
