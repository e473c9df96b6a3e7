/** The part of the platform's WebAssembly that both runtimes have and the kernel needs; `src-shared` compiles without DOM types. */

/** Opaque: compiled once, instantiated as often as wanted. */
export type WasmModule = object;

export interface WasmMemory {
  /** Replaced by a new buffer whenever the memory grows: never keep it across a call. */
  readonly buffer: ArrayBuffer;
}

/** 32-bit integers arrive as numbers, 64-bit ones as bigints. */
export type WasmImports = Readonly<Record<string, Readonly<Record<string, (...args: never[]) => unknown>>>>;

interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface WasmRuntime {
  compile(bytes: Uint8Array | ArrayBuffer): Promise<WasmModule>;
  instantiate(module: WasmModule, imports: WasmImports): Promise<WasmInstance>;
}

const runtime = WebAssembly as WasmRuntime;

/** Needs `'wasm-unsafe-eval'` under a content security policy, and nothing more. */
export function compileWasm(bytes: Uint8Array | ArrayBuffer): Promise<WasmModule> {
  return runtime.compile(bytes);
}

export async function instantiateWasm(
  module: WasmModule,
  imports: WasmImports,
): Promise<Readonly<Record<string, unknown>>> {
  const instance = await runtime.instantiate(module, imports);
  return instance.exports;
}
