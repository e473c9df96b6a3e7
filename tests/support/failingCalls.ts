/** File calls of which one fails, as a disk or a system makes it fail. */
import { nodeFileCalls, type FileCalls } from '../../src-main/store/fileCalls';

export class FailingCalls {
  /** Calls left until one fails; `Infinity`: none does. */
  left = Infinity;
  count = 0;
  readonly calls: FileCalls;

  constructor(readonly code: string) {
    const wrap =
      <Args extends unknown[], Result>(call: (...args: Args) => Result) =>
      (...args: Args): Result => {
        this.#step();
        return call(...args);
      };
    this.calls = {
      makeFolder: wrap((path: string) => nodeFileCalls.makeFolder(path)),
      names: wrap((path: string) => nodeFileCalls.names(path)),
      facts: wrap((path: string) => nodeFileCalls.facts(path)),
      rename: wrap((from: string, to: string) => nodeFileCalls.rename(from, to)),
      copy: wrap((from: string, to: string) => nodeFileCalls.copy(from, to)),
      remove: wrap((path: string) => nodeFileCalls.remove(path)),
      removeTree: wrap((path: string) => nodeFileCalls.removeTree(path)),
      write: wrap((path: string, text: string, where: 'new' | 'end') => nodeFileCalls.write(path, text, where)),
      read: wrap((path: string, target: Uint8Array, position: number) => nodeFileCalls.read(path, target, position)),
      flush: wrap((path: string) => nodeFileCalls.flush(path)),
    };
  }

  #step(): void {
    this.count += 1;
    this.left -= 1;
    if (this.left !== 0) return;
    throw Object.assign(new Error(`${this.code}: made to fail`), { code: this.code, syscall: 'test' });
  }
}
