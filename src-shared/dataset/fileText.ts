/** How the text of one file is read: its data sets and their items share doubts, and each may name its own character set. */
import { textDecoding, type TextDecoding, type TextDoubt } from './text';

export interface FileText {
  readonly decoding: TextDecoding;
  /** Filled while text is read. */
  readonly doubts: Set<TextDoubt>;
  /** For a data set that has (0008,0005) with this value. */
  declaring(specificCharacterSet: string): FileText;
}

/** `characterSet` replaces every (0008,0005) of the file; left out or `null`, the file's own count. Source: PS3.5 6.1.2.3. */
export function fileText(characterSet: string | null = null): FileText {
  const doubts = new Set<TextDoubt>();
  if (characterSet !== null) {
    const forced: FileText = { decoding: textDecoding(characterSet), doubts, declaring: () => forced };
    return forced;
  }
  const declaring = (specificCharacterSet: string): FileText => ({
    decoding: textDecoding(specificCharacterSet),
    doubts,
    declaring,
  });
  return declaring('');
}
