/**
 * Reading the headers of 1,000 CT files: our scanning workers, and opening them for good through the command line, against
 * other readers over the same files in the same run, and against the floor: the same bytes read and nothing made of them.
 * Warm, and cold where files can be taken out of the page cache. `npm run bench -- --only scan`
 */
import { once } from 'node:events';
import { closeSync, openSync, readSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { pinnedNode, root } from '../entry/processes.mjs';
import { withCtFolder } from './ctFolder.mjs';
import { median, rounded } from './figures.mjs';
import { canForget, filesBelow, forget, python, timeProgram, works } from './peers.mjs';

export const name = 'scan';

const FILES = 1000;
const WARM_ROUNDS = 5;
const COLD_ROUNDS = 3;
/** As the product has them. */
const WORKERS = Math.max(2, Math.min(4, availableParallelism()));
const BATCH = 64;
/** What our scanner reads of a file before it knows more. */
const PREFIX_BYTES = 32 * 1024;
const BEAT_BYTES = 16;

/** @typedef {{ reader: string, isFloor?: boolean, time: (files: readonly string[]) => Promise<number> }} Contender */

/** @param {readonly string[]} files */
function batchesOf(files) {
  return Array.from({ length: Math.ceil(files.length / BATCH) }, (_, index) =>
    files.slice(index * BATCH, (index + 1) * BATCH),
  );
}

/** Milliseconds until all batches are answered by whichever worker is free. @param {readonly Worker[]} workers @param {readonly string[]} files @param {(paths: readonly string[]) => unknown} message */
async function share(workers, files, message) {
  const waiting = batchesOf(files);
  const start = performance.now();
  await Promise.all(
    workers.map(async (worker) => {
      for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
        const answered = once(worker, 'message');
        worker.postMessage(message(batch));
        await answered;
      }
    }),
  );
  return performance.now() - start;
}

/** @param {readonly string[]} paths */
function scanRequest(paths) {
  const slices = paths.map((file) => ({ path: file, offset: 0, sizeBytes: null }));
  return { id: 1, task: 'scan', characterSet: null, slices, beat: new SharedArrayBuffer(BEAT_BYTES) };
}

/** In batches, as the product feeds them. */
function ourScanner() {
  const workers = Array.from({ length: WORKERS }, () => new Worker(path.join(root, 'out/main/scan.js')));
  return { workers, time: (/** @type {readonly string[]} */ files) => share(workers, files, scanRequest) };
}

const FLOOR = `
  import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
  import { parentPort } from 'node:worker_threads';
  const buffer = new Uint8Array(${PREFIX_BYTES});
  parentPort.on('message', (paths) => {
    for (const path of paths) {
      const descriptor = openSync(path, 'r');
      fstatSync(descriptor);
      readSync(descriptor, buffer, 0, buffer.length, 0);
      closeSync(descriptor);
    }
    parentPort.postMessage(0);
  });
`;

/** Workers that read the same bytes and make nothing of them. @param {number} count */
function floor(count) {
  const url = new URL(`data:text/javascript,${encodeURIComponent(FLOOR)}`);
  const workers = Array.from({ length: count }, () => new Worker(url));
  return { workers, time: (/** @type {readonly string[]} */ files) => share(workers, files, (paths) => paths) };
}

/** The same prefix of each file, given to dicom-parser. @param {readonly string[]} files */
async function dicomParser(files) {
  const { default: parser } = await import('dicom-parser');
  const buffer = new Uint8Array(PREFIX_BYTES);
  const start = performance.now();
  for (const file of files) {
    const descriptor = openSync(file, 'r');
    const length = readSync(descriptor, buffer, 0, PREFIX_BYTES, 0);
    closeSync(descriptor);
    parser.parseDicom(buffer.subarray(0, length), { untilTag: 'x7fe00010' });
  }
  return performance.now() - start;
}

/** What is timed is the loop itself, without the start of Python: our own start is not counted either. */
const PYDICOM = [
  'import sys, time, pydicom',
  'start = time.perf_counter()',
  'for f in sys.argv[1:]: pydicom.dcmread(f, stop_before_pixels=True)',
  'print((time.perf_counter() - start) * 1000)',
].join('\n');
const GDCM = [
  'import sys, time, gdcm',
  'scanner = gdcm.Scanner()',
  'tags = [(8,0x16),(8,0x18),(8,0x20),(8,0x60),(8,0x1030),(8,0x103e),(0x10,0x10),(0x10,0x20),(0x18,0x50),(0x20,0xd),(0x20,0xe),(0x20,0x11),(0x20,0x13),(0x20,0x32),(0x20,0x37),(0x20,0x52),(0x28,0x10),(0x28,0x11),(0x28,0x30)]',
  'for g, e in tags: scanner.AddTag(gdcm.Tag(g, e))',
  'start = time.perf_counter()',
  'ok = scanner.Scan(sys.argv[1:])',
  'print((time.perf_counter() - start) * 1000)',
  'sys.exit(0 if ok else 1)',
].join('\n');

/** @param {string} script */
function pythonLoop(script) {
  return async (/** @type {readonly string[]} */ files) => {
    const { execFile } = await import('node:child_process');
    const { promisify } = await import('node:util');
    const { stdout } = await promisify(execFile)(python, ['-c', script, ...files], { maxBuffer: 1 << 30 });
    return Number(stdout.trim().split('\n').at(-1));
  };
}

/** @param {string} folder @returns {Contender[]} */
function peersHere(folder) {
  const all = [
    { reader: 'dicom-parser', isHere: true, time: dicomParser },
    {
      reader: 'dcmdump',
      isHere: works('dcmdump', ['--version']),
      time: (/** @type {readonly string[]} */ files) =>
        timeProgram('dcmdump', ['-q', '-M', '+P', '0008,0018', ...files]),
    },
    {
      reader: 'dcmmkdir',
      isHere: works('dcmmkdir', ['--version']),
      time: () =>
        timeProgram('dcmmkdir', [
          '-q',
          '-Pgp',
          '-Nec',
          '-Nrc',
          '-nb',
          '+I',
          '-W',
          '+r',
          '+id',
          folder,
          '+D',
          path.join(folder, '..', 'made'),
        ]),
    },
    { reader: 'gdcm scanner', isHere: works(python, ['-c', 'import gdcm']), time: pythonLoop(GDCM) },
    { reader: 'pydicom', isHere: works(python, ['-c', 'import pydicom']), time: pythonLoop(PYDICOM) },
  ];
  return all.filter(({ isHere }) => isHere);
}

/**
 * Every contender once in each round, so that a busy moment hits all alike.
 * @param {readonly Contender[]} contenders @param {number} rounds @param {(contender: Contender) => Promise<number>} measure
 */
async function rounds(contenders, rounds, measure) {
  /** @type {Map<string, number[]>} */
  const times = new Map(contenders.map(({ reader }) => [reader, []]));
  for (let round = 0; round < rounds; round += 1) {
    const rotated = contenders.map((_, index) => contenders[(index + round) % contenders.length]);
    for (const contender of rotated) {
      if (!contender) continue;
      try {
        times.get(contender.reader)?.push(await measure(contender));
      } catch {
        // A peer that refuses these files is left out.
      }
    }
  }
  return [...times].filter(([, ms]) => ms.length > 0);
}

/** @param {readonly (readonly [string, readonly number[]])[]} times @param {string} cache @param {number} files */
function rowsOf(times, cache, files) {
  return times.map(([reader, ms]) => ({
    reader,
    cache,
    files,
    bestMs: rounded(Math.min(...ms)),
    medianMs: rounded(median(ms)),
    filesPerSecond: Math.round((files / Math.min(...ms)) * 1000),
  }));
}

export async function run() {
  return withCtFolder(FILES, async ({ folder, scratch, headerBytes }) => {
    const files = filesBelow(folder);
    const scanner = ourScanner();
    const bare = floor(WORKERS);
    const loop = floor(1);
    let libraries = 0;
    const ourImport = async () => {
      libraries += 1;
      const library = path.join(scratch, `library-${libraries}`);
      const program = path.join(root, 'out/main/dcm.js');
      const { execFile } = await import('node:child_process');
      const { promisify } = await import('node:util');
      const command = [program, 'import', folder, '--reference', '--library', library, '--json'];
      const { stdout } = await promisify(execFile)(pinnedNode, command);
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}').seconds * 1000;
    };
    /** @type {Contender} */
    const ours = { reader: `isocenter scanner (${WORKERS} workers)`, time: scanner.time };
    /** @type {Contender} */
    const bottom = { reader: `floor (${WORKERS} workers, no parsing)`, time: bare.time };
    /** @type {Contender} */
    const bareLoop = { reader: 'floor (one loop, no parsing)', time: loop.time };
    const indexed = { reader: 'isocenter import, indexed', time: ourImport };
    const contenders = [ours, bottom, bareLoop, indexed, ...peersHere(folder)];
    try {
      for (const { time } of [ours, bottom, bareLoop]) await time(files);
      const warm = rowsOf(await rounds(contenders, WARM_ROUNDS, ({ time }) => time(files)), 'warm', files.length);
      const coldTimes = canForget
        ? await rounds([ours, bottom, bareLoop, indexed], COLD_ROUNDS, async ({ time }) => {
            await forget(folder);
            return time(files);
          })
        : [];
      const cold = rowsOf(coldTimes, 'cold', files.length);
      const first = warm[0]?.filesPerSecond ?? Number.NaN;
      const ratios = warm
        .slice(1)
        .map((row) => [`warm: isocenter scanner / ${row.reader}, files per second`, first / row.filesPerSecond]);
      const coldRatios = cold
        .slice(1)
        .map((row) => [
          `cold: time of isocenter scanner / ${row.reader}`,
          (cold[0]?.bestMs ?? Number.NaN) / row.bestMs,
        ]);
      return {
        name,
        rows: [...warm, ...cold].map((row) => ({ ...row, headerBytes })),
        ratios: Object.fromEntries([...ratios, ...coldRatios]),
        ...(canForget ? {} : { absent: 'cold: files cannot be taken out of the page cache here' }),
      };
    } finally {
      await Promise.all([...scanner.workers, ...bare.workers, ...loop.workers].map((worker) => worker.terminate()));
    }
  });
}
