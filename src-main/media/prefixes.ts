/** What names begin with when several sources share one import: each source's label, made different where two are equal. */
export class Prefixes {
  readonly #isNeeded: boolean;
  readonly #given = new Set<string>();

  constructor(sources: number) {
    this.#isNeeded = sources > 1;
  }

  /** `''` for a single source. */
  next(label: string): string {
    if (!this.#isNeeded) return '';
    const plain = label.replaceAll(/[/\\]/g, '_');
    let prefix = plain;
    for (let count = 2; this.#given.has(prefix); count += 1) prefix = `${plain} (${count})`;
    this.#given.add(prefix);
    return `${prefix}/`;
  }
}
