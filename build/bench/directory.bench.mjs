/**
 * The tree of a DICOMDIR that lists 1,000 images, beside `dcmdump` and pydicom reading the same file, in turns. The start of a process
 * counts for nobody in the ratios: the product reads in a worker that runs already, and from `dcmdump` and pydicom the time that
 * they take for an empty DICOMDIR is taken away. Ours is the first reading in its process, with nothing compiled yet. The walls with the
 * start of each process are beside it. `npm run bench -- --only directory`
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { pinnedNode } from '../entry/processes.mjs';
import { median, rounded } from './figures.mjs';
import { python, timeProgram, works } from './peers.mjs';

export const name = 'directory';

const IMAGES = 1000;
const ROUNDS = 11;
const runFile = promisify(execFile);

/** Reads every record of the tree, as whoever shows it must. */
const PYDICOM = [
  'import sys, pydicom',
  'for r in pydicom.dcmread(sys.argv[1]).DirectoryRecordSequence: r.DirectoryRecordType, r.get("ReferencedFileID")',
].join('\n');

/** @param {string} directory */
async function bundled(directory) {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.resolve(import.meta.dirname, '../../tests/bench/directory.ts'),
      outDir: directory,
      emptyOutDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'reader.mjs' } },
    },
    ssr: { noExternal: true },
  });
  return path.join(directory, 'reader.mjs');
}

/** @typedef {{ reader: string, command: string, args: readonly string[] }} Peer */

/** @returns {Peer[]} */
function peersHere() {
  const all = [
    { reader: 'dcmdump', command: 'dcmdump', args: [], isHere: works('dcmdump', ['--version']) },
    { reader: 'pydicom', command: python, args: ['-c', PYDICOM], isHere: works(python, ['-c', 'import pydicom']) },
  ];
  return all.filter(({ isHere }) => isHere);
}

export async function run() {
  const scratch = await mkdtemp(path.join(tmpdir(), 'isocenter-directory-'));
  try {
    const reader = await bundled(scratch);
    const [file, empty] = [path.join(scratch, 'DICOMDIR'), path.join(scratch, 'EMPTY')];
    await runFile(pinnedNode, [reader, 'write', file, String(IMAGES)]);
    await runFile(pinnedNode, [reader, 'write', empty, '0']);
    return await measure(reader, file, empty);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param {string} reader @param {string} file @param {string} empty */
async function measure(reader, file, empty) {
  /** @type {{ first: number[], warm: number[], wall: number[] }} */
  const ours = { first: [], warm: [], wall: [] };
  const peers = peersHere().map((peer) => ({
    ...peer,
    whole: /** @type {number[]} */ ([]),
    start: /** @type {number[]} */ ([]),
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = performance.now();
    const first = await runFile(pinnedNode, [reader, 'first', file]);
    ours.wall.push(performance.now() - before);
    ours.first.push(Number(first.stdout));
    ours.warm.push(Number((await runFile(pinnedNode, [reader, 'warm', file])).stdout));
    for (const { command, args, whole, start } of peers) {
      whole.push(await timeProgram(command, [...args, file]));
      start.push(await timeProgram(command, [...args, empty]));
    }
  }
  const own = median(ours.first);
  const readers = peers.map(({ reader: peer, whole, start }) => ({
    reader: peer,
    images: IMAGES,
    readMs: median(whole) - median(start),
    wallMs: median(whole),
  }));
  const rows = [
    { reader: 'isocenter, first reading', images: IMAGES, readMs: own, wallMs: median(ours.wall) },
    { reader: 'isocenter, once warm', images: IMAGES, readMs: median(ours.warm), wallMs: Number.NaN },
    ...readers,
  ].map((row) => ({ ...row, readMs: rounded(row.readMs), wallMs: rounded(row.wallMs) }));
  const ratios = readers.flatMap(({ reader: peer, readMs, wallMs }) => [
    [`isocenter / ${peer}, without process starts`, own / readMs],
    [`isocenter's reading / ${peer}'s wall`, own / wallMs],
    [`isocenter's wall / ${peer}'s wall`, median(ours.wall) / wallMs],
  ]);
  return { name, rows, ratios: Object.fromEntries(ratios) };
}
