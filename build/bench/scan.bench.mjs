/**
 * Reading the headers of 1,000 CT files: our scanning worker, and opening them for good through the command line,
 * against other readers over the same files in the same run. `npm run bench -- --only scan`
 */
import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { pinnedNode, root } from '../entry/processes.mjs';
import { withCtFolder } from './ctFolder.mjs';
import { median, rounded } from './figures.mjs';

export const name = 'scan';

const FILES = 1000;
const ROUNDS = 3;
const PREFIX_BYTES = 64 * 1024;
const runFile = promisify(execFile);

/** @param {string} folder */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** One worker, in batches, as the product feeds it. @param {readonly string[]} files */
async function ourScanner(files) {
  const worker = new Worker(path.join(root, 'out/main/scan.js'));
  const failed = once(worker, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  const ask = (/** @type {readonly string[]} */ paths) => {
    const answered = once(worker, 'message');
    worker.postMessage({ id: 1, paths });
    return Promise.race([answered, failed]);
  };
  try {
    await ask(files.slice(0, 32));
    const start = performance.now();
    for (let at = 0; at < files.length; at += 32) await ask(files.slice(at, at + 32));
    return performance.now() - start;
  } finally {
    await worker.terminate();
  }
}

/** Opening for good: walking, reading, indexing, reporting. @param {string} folder @param {string} library */
async function ourImport(folder, library) {
  const program = path.join(root, 'out/main/dcm.js');
  const { stdout } = await runFile(pinnedNode, [program, 'import', folder, '--library', library, '--json']);
  const last = stdout.trim().split('\n').at(-1) ?? '{}';
  return JSON.parse(last).seconds * 1000;
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

/** All files in one process; its own start, small against a thousand files, is in it. @param {readonly string[]} command */
function program(command) {
  return async (/** @type {readonly string[]} */ files) => {
    const [tool = '', ...first] = command;
    const start = performance.now();
    await runFile(tool, [...first, ...files], { maxBuffer: 1 << 30 });
    return performance.now() - start;
  };
}

const PYDICOM = 'import sys, pydicom\nfor f in sys.argv[1:]: pydicom.dcmread(f, stop_before_pixels=True)';
const GDCM = [
  'import sys, gdcm',
  'for f in sys.argv[1:]:',
  '    r = gdcm.Reader(); r.SetFileName(f); r.ReadUpToTag(gdcm.Tag(0x7fe0, 0x0010))',
].join('\n');

/** @param {string} command @param {readonly string[]} args */
const works = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** @returns {{ reader: string, time: (files: readonly string[]) => Promise<number> }[]} */
function peersHere() {
  const python = works('/usr/bin/python3', ['--version']) ? '/usr/bin/python3' : 'python3';
  const all = [
    { reader: 'dicom-parser', isHere: true, time: dicomParser },
    {
      reader: 'dcmdump',
      isHere: works('dcmdump', ['--version']),
      time: program(['dcmdump', '-q', '-M', '+P', '0008,0018']),
    },
    { reader: 'gdcm', isHere: works(python, ['-c', 'import gdcm']), time: program([python, '-c', GDCM]) },
    { reader: 'pydicom', isHere: works(python, ['-c', 'import pydicom']), time: program([python, '-c', PYDICOM]) },
  ];
  return all.filter(({ isHere }) => isHere);
}

export async function run() {
  return withCtFolder(FILES, async ({ folder, scratch, headerBytes }) => {
    const files = filesBelow(folder);
    let round = 0;
    const contenders = [
      { reader: 'isocenter scanner (1 worker)', time: ourScanner },
      { reader: 'isocenter import, indexed', time: () => ourImport(folder, path.join(scratch, `library-${round}`)) },
      ...peersHere(),
    ];
    /** @type {Map<string, number[]>} */
    const times = new Map(contenders.map(({ reader }) => [reader, []]));
    for (; round < ROUNDS; round++)
      for (const { reader, time } of contenders) times.get(reader)?.push(await time(files));
    const rows = [...times].map(([reader, ms]) => ({
      reader,
      files: files.length,
      headerBytes,
      bestMs: rounded(Math.min(...ms)),
      medianMs: rounded(median(ms)),
      filesPerSecond: Math.round((files.length / Math.min(...ms)) * 1000),
    }));
    const ours = rows[0]?.filesPerSecond ?? Number.NaN;
    const ratios = rows.slice(1).map((row) => [`isocenter scanner / ${row.reader}`, ours / row.filesPerSecond]);
    return { name, rows, ratios: Object.fromEntries(ratios) };
  });
}
