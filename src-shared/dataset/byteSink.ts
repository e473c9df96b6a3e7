/** Bytes in a row, growing as needed. Numbers are written in the byte order chosen at the start. */
export class ByteSink {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView<ArrayBuffer>;
  #length = 0;

  constructor(
    private readonly isBigEndian: boolean,
    sizeHint = 4096,
  ) {
    this.#bytes = new Uint8Array(sizeHint);
    this.#view = new DataView(this.#bytes.buffer);
  }

  get length(): number {
    return this.#length;
  }

  /** A copy of exactly what was written. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  bytes(values: Uint8Array): void {
    const at = this.#claim(values.length);
    this.#bytes.set(values, at);
  }

  /** Little-endian words of `width` bytes, turned when this sink is big-endian. */
  words(values: Uint8Array, width: number): void {
    const at = this.#claim(values.length);
    this.#bytes.set(values, at);
    if (!this.isBigEndian || width === 1) return;
    for (let word = at; word + width <= this.#length; word += width) this.#bytes.subarray(word, word + width).reverse();
  }

  zeros(count: number): void {
    const at = this.#claim(count);
    this.#bytes.fill(0, at, this.#length);
  }

  ascii(text: string): void {
    for (const character of text) this.uint8(character.charCodeAt(0));
  }

  uint8(value: number): void {
    const at = this.#claim(1);
    this.#view.setUint8(at, value);
  }

  uint16(value: number): void {
    const at = this.#claim(2);
    this.#view.setUint16(at, value, !this.isBigEndian);
  }

  int16(value: number): void {
    const at = this.#claim(2);
    this.#view.setInt16(at, value, !this.isBigEndian);
  }

  uint32(value: number): void {
    const at = this.#claim(4);
    this.#view.setUint32(at, value, !this.isBigEndian);
  }

  int32(value: number): void {
    const at = this.#claim(4);
    this.#view.setInt32(at, value, !this.isBigEndian);
  }

  float32(value: number): void {
    const at = this.#claim(4);
    this.#view.setFloat32(at, value, !this.isBigEndian);
  }

  float64(value: number): void {
    const at = this.#claim(8);
    this.#view.setFloat64(at, value, !this.isBigEndian);
  }

  /** Reserves `count` bytes and says where they begin. It may replace bytes and view, so it comes before their use. */
  #claim(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}
