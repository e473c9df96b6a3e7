/**
 * Work that a few readers share, while those who find work are still at it. It is over when nothing waits, nobody works
 * and nobody who could find more is left.
 */
export class WorkQueue<Work> {
  #waiting: Work[] = [];
  /** Up to here, work was handed out: shifting a long array would move it every time. */
  #taken = 0;
  #holders = 0;
  #isClosed = false;
  #wake = Promise.withResolvers<undefined>();

  constructor(readonly mostWaiting: number) {}

  get length(): number {
    return this.#waiting.length - this.#taken;
  }

  push(work: Work): void {
    this.#waiting.push(work);
    this.#wakeAll();
  }

  /** More may come until what this gives is called. */
  hold(): () => void {
    this.#holders += 1;
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#holders -= 1;
      this.#wakeAll();
    };
  }

  /** Waits while there is more than readers will get to soon, so that memory stays bounded. */
  async room(): Promise<void> {
    while (this.length >= this.mostWaiting && !this.#isClosed) await this.#wake.promise;
  }

  /** Gives work to `use`, one after the other, until it is over or closed. */
  async drain(use: (work: Work) => Promise<void>): Promise<void> {
    for (let work = await this.#next(); work !== null; work = await this.#next()) {
      const release = this.hold();
      try {
        await use(work.value);
      } finally {
        release();
      }
    }
  }

  /** What waits is dropped and nothing is handed out any more. */
  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
    this.#taken = 0;
    this.#wakeAll();
  }

  async #next(): Promise<{ readonly value: Work } | null> {
    for (;;) {
      if (this.#isClosed) return null;
      if (this.length > 0) return { value: this.#shift() };
      if (this.#holders === 0) return null;
      await this.#wake.promise;
    }
  }

  #shift(): Work {
    const value = this.#waiting[this.#taken] as Work;
    this.#taken += 1;
    if (this.#taken >= 1024 || this.#taken === this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#taken);
      this.#taken = 0;
    }
    this.#wakeAll();
    return value;
  }

  #wakeAll(): void {
    this.#wake.resolve(undefined);
    this.#wake = Promise.withResolvers();
  }
}
