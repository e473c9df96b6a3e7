/** Names that stand in archives: shown, never used on disk, and made harmless for that. */

export interface ShownName {
  /** Path with `/` between its parts; unique within its archive. */
  readonly name: string;
  /** It pointed outside the archive, or held what no name may hold. */
  readonly isUnsafe: boolean;
}

const MOST_CHARACTERS = 4096;
/** Controls, and marks that turn the direction of the text around them. */
const TREACHEROUS = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export class ArchiveNames {
  readonly #prefix: string;
  /** How often each name was given. */
  readonly #taken = new Map<string, number>();

  /** `prefix`: path of the archive inside the source that was given, `''` for that source itself. */
  constructor(prefix: string) {
    this.#prefix = prefix === '' ? '' : `${prefix}/`;
  }

  shown(raw: string): ShownName {
    const { name, isUnsafe } = harmless(raw);
    return { name: this.#unique(`${this.#prefix}${name}`), isUnsafe };
  }

  #unique(name: string): string {
    const count = (this.#taken.get(name) ?? 0) + 1;
    this.#taken.set(name, count);
    return count === 1 ? name : this.#unique(`${name} (${count})`);
  }
}

function harmless(raw: string): ShownName {
  const slashed = raw.slice(0, MOST_CHARACTERS).replaceAll('\\', '/');
  const clean = slashed.replace(TREACHEROUS, '\ufffd');
  const parts = clean.split('/');
  const isAbsolute = slashed.startsWith('/') || /^[A-Za-z]:/.test(slashed);
  const isUnsafe = isAbsolute || parts.includes('..') || clean !== slashed || raw.length > MOST_CHARACTERS;
  const kept = parts.filter((part) => part !== '' && part !== '.' && part !== '..');
  return { name: kept.join('/') || '(no name)', isUnsafe };
}
