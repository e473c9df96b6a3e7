/** The folder that the benchmarks of opening read: written by the project's own writer, bundled on the spot. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

/** @typedef {{ size?: number, privateBytes?: number }} Shape */

/**
 * Calls `use` with a folder of `count` CT files and takes everything away afterwards.
 * @template T
 * @param {number} count
 * @param {(made: { folder: string, scratch: string, headerBytes: number }) => Promise<T>} use
 * @param {Shape} [shape]
 * @returns {Promise<T>}
 */
export async function withCtFolder(count, use, shape = {}) {
  const scratch = await mkdtemp(path.join(tmpdir(), 'isocenter-bench-'));
  try {
    const { writeCtFolder } = await loadWriter(scratch);
    const folder = path.join(scratch, 'ct');
    const { headerBytes } = writeCtFolder(folder, count, shape);
    return await use({ folder, scratch, headerBytes });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * @param {string} scratch
 * @returns {Promise<{ writeCtFolder: (folder: string, count: number, shape: Shape) => { headerBytes: number } }>}
 */
async function loadWriter(scratch) {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      ssr: path.resolve(import.meta.dirname, '../../tests/bench/ctFolder.ts'),
      rolldownOptions: { output: { format: 'es' } },
    },
  });
  const output = 'output' in built ? built.output : [];
  const file = path.join(scratch, 'ctFolder.mjs');
  await writeFile(file, output[0]?.code ?? '');
  return import(pathToFileURL(file).href);
}
