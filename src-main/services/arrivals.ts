/**
 * Copies that wait to be taken into the library together: the folders that hold them are flushed once for all of them,
 * and that is what costs. Nothing waits long: a slow medium fills no batch before its first series is wanted.
 */
export interface ArrivalsOptions<Arrived> {
  readonly most: number;
  readonly longestMs: number;
  nowMs(): number;
  take(arrived: readonly Arrived[]): Promise<void>;
}

export class Arrivals<Arrived> {
  readonly #options: ArrivalsOptions<Arrived>;
  #waiting: Arrived[] = [];
  #sinceMs = 0;

  constructor(options: ArrivalsOptions<Arrived>) {
    this.#options = options;
  }

  /** @throws what taking throws */
  async add(arrived: readonly Arrived[]): Promise<void> {
    const { most, longestMs } = this.#options;
    const nowMs = this.#options.nowMs();
    if (this.#waiting.length === 0) this.#sinceMs = nowMs;
    this.#waiting.push(...arrived);
    // A clock that was put back must not make anybody wait.
    const waitedMs = Math.abs(nowMs - this.#sinceMs);
    if (this.#waiting.length >= most || waitedMs >= longestMs) await this.flush();
  }

  /** @throws what taking throws */
  async flush(): Promise<void> {
    const arrived = this.#waiting;
    this.#waiting = [];
    if (arrived.length > 0) await this.#options.take(arrived);
  }
}
