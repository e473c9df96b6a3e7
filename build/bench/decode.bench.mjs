/**
 * Decoding one multi-frame object per codec, one thread: our built decoding worker against DCMTK's tools and, for
 * JPEG 2000, GDCM, in turns. `npm run bench -- --only decode`; needs a build, DCMTK and the real files of shared/data.
 *
 * DCMTK's tools read a file, decode it and write it to nowhere; the time they take for a single frame is taken off, so
 * that starting them costs them nothing. Ours is timed from asking for the first frame to holding the last.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';

export const name = 'decode';

const ROUNDS = 3;
const FRAMES = 40;
const EDGE = 512;
const FRAME_BYTES = EDGE * EDGE * 2;

const root = path.resolve(import.meta.dirname, '../..');
const workerFile = path.join(root, 'out/main/decode.js');
const series = path.resolve(root, '../shared/data/series/ct_philips_head_1mm_80');

const runFile = promisify(execFile);

const CODECS = [
  { codec: 'RLE', encode: ['dcmcrle'], decode: 'dcmdrle' },
  { codec: 'JPEG lossless SV1', encode: ['dcmcjpeg', '+e1'], decode: 'dcmdjpeg' },
  { codec: 'JPEG extended 12 bit', encode: ['dcmcjpeg', '+ee'], decode: 'dcmdjpeg' },
  { codec: 'JPEG-LS lossless', encode: ['dcmcjpls'], decode: 'dcmdjpls' },
  { codec: 'JPEG 2000 lossless', encode: null, decode: null },
];

/** Debian's interpreter, which is the one that finds Debian's python3-gdcm. */
const PYTHON = '/usr/bin/python3';

const GDCM_ENCODE = `
import gdcm, sys
reader = gdcm.ImageReader(); reader.SetFileName(sys.argv[1]); reader.Read()
change = gdcm.ImageChangeTransferSyntax()
change.SetTransferSyntax(gdcm.TransferSyntax(gdcm.TransferSyntax.JPEG2000Lossless))
change.SetInput(reader.GetImage()); change.Change()
writer = gdcm.ImageWriter(); writer.SetFile(reader.GetFile()); writer.SetImage(change.GetOutput())
writer.SetFileName(sys.argv[2]); writer.Write()
`;

const GDCM_DECODE = `
import gdcm, sys, time
start = time.perf_counter()
reader = gdcm.ImageReader(); reader.SetFileName(sys.argv[1]); reader.Read(); reader.GetImage().GetBuffer()
print((time.perf_counter() - start) * 1000)
`;

/** Asks the built worker as the application does. */
function startWorker() {
  const worker = new Worker(workerFile);
  let lastId = 0;
  /** @param {object} request */
  const ask = (request) =>
    new Promise((resolve, reject) => {
      worker.once('message', (reply) => {
        if ('error' in reply) reject(new Error(reply.error.message));
        else resolve(reply.result);
      });
      worker.postMessage({ id: ++lastId, request });
    });
  return { ask, stop: () => worker.terminate() };
}

/** @typedef {ReturnType<typeof startWorker>} Ours */

/** @param {Ours} ours @param {string} file @param {number} count */
async function timeOurs(ours, file, count) {
  await ours.ask({ name: 'frame', path: file, frameIndex: 0 });
  const start = performance.now();
  for (let frameIndex = 0; frameIndex < count; frameIndex++) await ours.ask({ name: 'frame', path: file, frameIndex });
  return (performance.now() - start) / count;
}

/** @param {string} tool @param {readonly string[]} args */
async function timeTool(tool, args) {
  const start = performance.now();
  await runFile(tool, [...args]);
  return performance.now() - start;
}

/** A multi-frame object of the first `count` slices; returns its path. @param {string} folder @param {Buffer} values @param {number} count */
async function writeObject(folder, values, count) {
  const raw = path.join(folder, `${count}.raw`);
  const dump = path.join(folder, `${count}.dump`);
  const file = path.join(folder, `${count}.dcm`);
  await writeFile(raw, values.subarray(0, count * FRAME_BYTES));
  await writeFile(
    dump,
    [
      '(0008,0016) UI 1.2.840.10008.5.1.4.1.1.7.3',
      '(0008,0018) UI 2.25.1',
      '(0028,0002) US 1',
      '(0028,0004) CS MONOCHROME2',
      `(0028,0008) IS ${count}`,
      `(0028,0010) US ${EDGE}`,
      `(0028,0011) US ${EDGE}`,
      '(0028,0100) US 16',
      '(0028,0101) US 12',
      '(0028,0102) US 11',
      '(0028,0103) US 0',
      `(7fe0,0010) OW =${raw}`,
    ].join('\n'),
  );
  await runFile('dump2dcm', [dump, file]);
  return file;
}

/** Stored values of real slices, cut to 12 bits. @param {Ours} ours */
async function realValues(ours) {
  const files = readdirSync(series).sort().slice(0, FRAMES);
  const frames = [];
  for (const file of files) {
    const decoded = await ours.ask({ name: 'frame', path: path.join(series, file), frameIndex: 0 });
    const values = new Uint16Array(/** @type {{ bytes: Uint8Array<ArrayBuffer> }} */ (decoded).bytes.buffer);
    frames.push(Buffer.from(values.map((value) => value & 0xfff).buffer));
  }
  return Buffer.concat(frames);
}

/** @param {(typeof CODECS)[number]} codec @param {string} source @param {string} target */
async function encode({ encode: command }, source, target) {
  if (command === null) await runFile(PYTHON, ['-c', GDCM_ENCODE, source, target]);
  else await runFile(command[0] ?? '', [...command.slice(1), source, target]);
}

/** Milliseconds a frame. @param {(typeof CODECS)[number]} codec @param {string} many @param {string} one */
async function timePeer({ decode: tool }, many, one) {
  if (tool === null) {
    const { stdout } = await runFile(PYTHON, ['-c', GDCM_DECODE, many]);
    return Number(stdout.trim().split('\n').at(-1)) / FRAMES;
  }
  const startUp = await timeTool(tool, [one, '/dev/null']);
  return ((await timeTool(tool, [many, '/dev/null'])) - startUp) / (FRAMES - 1);
}

/** @param {Ours} ours @param {(typeof CODECS)[number]} codec @param {{ many: string, one: string }} native */
async function measure(ours, codec, native) {
  const many = `${native.many}.encoded`;
  const one = `${native.one}.encoded`;
  const peer = codec.decode ?? 'GDCM';
  try {
    await encode(codec, native.many, many);
    await encode(codec, native.one, one);
  } catch {
    return { codec: codec.codec, peer, absent: `${peer} is not on this machine` };
  }
  const oursMs = [];
  const peerMs = [];
  for (let round = 0; round < ROUNDS; round++) {
    oursMs.push(await timeOurs(ours, many, FRAMES));
    peerMs.push(await timePeer(codec, many, one));
  }
  const rate = (/** @type {number[]} */ times) => Math.round(FRAME_BYTES / 1e3 / Math.min(...times));
  const [oursMbPerS, peerMbPerS] = [rate(oursMs), rate(peerMs)];
  return { codec: codec.codec, peer, oursMbPerS, peerMbPerS, ratio: Number((oursMbPerS / peerMbPerS).toFixed(2)) };
}

/** Megabytes of decoded values a second; `ratio` above 1: ours is faster. */
export async function run() {
  if (!existsSync(workerFile)) return { name, rows: [], absent: 'out/main/decode.js is not built: npm run build' };
  if (!existsSync(series)) return { name, rows: [], absent: 'the real files of shared/data are not here' };
  const folder = await mkdtemp(path.join(tmpdir(), 'decode-bench-'));
  const ours = startWorker();
  try {
    const values = await realValues(ours);
    const native = { many: await writeObject(folder, values, FRAMES), one: await writeObject(folder, values, 1) };
    const rows = [];
    for (const codec of CODECS) rows.push(await measure(ours, codec, native));
    return { name, rows };
  } finally {
    await ours.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export default { name, run };

if (process.argv[1] === import.meta.filename) console.log(JSON.stringify(await run(), null, 2));
