/** What the codec module asks of its surroundings: a way to throw, and a system interface it hardly uses. */
import type { WasmImports, WasmMemory } from './webAssembly';

const WASI_SUCCESS = 0;
const WASI_BAD_FILE_DESCRIPTOR = 8;
const STANDARD_OUTPUTS = [1, 2];

/** The module's own message; the instance it came from must not be used again, its stack was never unwound. */
export class KernelError extends Error {
  override readonly name = 'KernelError';
}

/** Longest message taken from the module, in bytes: it stems from a damaged file and is shown to people. */
const MAX_MESSAGE_BYTES = 500;

function readText(memory: WasmMemory, pointer: number, length: number): string {
  return new TextDecoder().decode(new Uint8Array(memory.buffer, pointer >>> 0, Math.min(length, MAX_MESSAGE_BYTES)));
}

/** Bytes in `count` (pointer, length) pairs at `vectors`: swallowed, because a library's chatter is nobody's message. */
function countWritten(memory: WasmMemory, vectors: number, count: number): number {
  const view = new DataView(memory.buffer);
  let total = 0;
  for (let index = 0; index < count; index++) total += view.getUint32(vectors + index * 8 + 4, true);
  return total;
}

export interface KernelSurroundings {
  /** Asked for late: it exists only once the module is instantiated. */
  readonly memory: () => WasmMemory;
  /** What the codecs say while they work: mostly chatter, but also that they filled a gap in the data by guessing. */
  readonly onMessage: (message: string) => void;
}

export function kernelImports({ memory, onMessage }: KernelSurroundings): WasmImports {
  const ignore = () => WASI_SUCCESS;
  return {
    env: {
      onCodecsException: (pointer: number, length: number) => {
        throw new KernelError(readText(memory(), pointer, length));
      },
      onCodecsInfo: (pointer: number, length: number) => onMessage(readText(memory(), pointer, length)),
      onCodecsTrace: ignore,
      emscripten_notify_memory_growth: ignore,
    },
    wasi_snapshot_preview1: {
      proc_exit: (status: number) => {
        throw new KernelError(`the codec stopped with status ${status}`);
      },
      clock_time_get: (_clock: number, _precision: bigint, result: number) => {
        new DataView(memory().buffer).setBigUint64(result, 0n, true);
        return WASI_SUCCESS;
      },
      fd_write: (descriptor: number, vectors: number, count: number, written: number) => {
        if (!STANDARD_OUTPUTS.includes(descriptor)) return WASI_BAD_FILE_DESCRIPTOR;
        const total = countWritten(memory(), vectors, count);
        new DataView(memory().buffer).setUint32(written, total, true);
        return WASI_SUCCESS;
      },
      fd_seek: ignore,
      fd_close: ignore,
      environ_get: ignore,
      environ_sizes_get: (count: number, size: number) => {
        const view = new DataView(memory().buffer);
        view.setUint32(count, 0, true);
        view.setUint32(size, 0, true);
        return WASI_SUCCESS;
      },
    },
  };
}
