/** Passwords that archives wait for, while everything else goes on. */
import type { PasswordRequest } from '../media/source';

export class Passwords {
  readonly #signal: AbortSignal;
  readonly #tell: (request: PasswordRequest) => void;
  readonly #waiting = new Map<number, (password: string | null) => void>();

  constructor(signal: AbortSignal, tell: (request: PasswordRequest) => void) {
    this.#signal = signal;
    this.#tell = tell;
    signal.addEventListener('abort', () => this.#leaveAll(), { once: true });
  }

  /** `null`: leave the archive out; so does a cancelled import. */
  readonly ask = (request: PasswordRequest): Promise<string | null> => {
    if (this.#signal.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#waiting.set(request.archiveId, resolve);
      this.#tell(request);
    });
  };

  /** An answer that nobody waits for is passed over. */
  answer(archiveId: number, password: string | null): void {
    this.#waiting.get(archiveId)?.(password);
    this.#waiting.delete(archiveId);
  }

  #leaveAll(): void {
    for (const archiveId of [...this.#waiting.keys()]) this.answer(archiveId, null);
  }
}
