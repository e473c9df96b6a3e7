/**
 * Worker entry: writes the demo study's files into a folder and tells how far it is. Each file is written beside its
 * place and renamed, so that no half file is ever met under its own name.
 */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { assert, present } from '../../src-shared/base/assert';
import { DEMO_FILE_COUNT, demoStudy } from '../../src-shared/phantom/demo';

/** How often progress is told, in files. */
const PROGRESS_EVERY = 8;

async function writeDemo(directory: string): Promise<void> {
  const port = present(parentPort, 'port of the phantom worker');
  const made = new Set<string>();
  let done = 0;
  for (const { name, bytes } of demoStudy()) {
    const path = join(directory, name);
    await makeOnce(dirname(path), made);
    await writeFile(`${path}.part`, bytes);
    await rename(`${path}.part`, path);
    done += 1;
    if (done % PROGRESS_EVERY === 0) port.postMessage({ kind: 'progress', done, total: DEMO_FILE_COUNT });
  }
  port.postMessage({ kind: 'done', paths: [directory] });
}

async function makeOnce(folder: string, made: Set<string>): Promise<void> {
  if (made.has(folder)) return;
  await mkdir(folder, { recursive: true });
  made.add(folder);
}

const { directory } = workerData as { directory?: unknown };
assert(typeof directory === 'string', 'the phantom worker is told a directory');
await writeDemo(directory);
