/**
 * Twenty thousand files, damaged in ways that know what a file is made of: each is read or refused with a reason, none takes long,
 * and none takes more memory than its size can justify.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../support/bundle';
import { withSharedData } from '../../support/sharedData';
import type { FuzzReport, FuzzRequest } from './fuzzWorker';
import { fuzzSeeds } from './seeds';

const MUTANTS = 20_000;
/** Another one is tried by naming it. */
const SEED = Number(process.env['ISOCENTER_FUZZ_SEED'] ?? 20_261_123);
const MOST_MS = 5000;
/** Files are some 400 KiB at most; inflating may take 16 MiB, and garbage waits to be collected. */
const MOST_PEAK_BYTES = 256 * 1024 * 1024;

let folder: string;
let entry: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter-fuzz-'));
  entry = await bundleForNode(resolve(import.meta.dirname, 'fuzzWorker.ts'), folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The report of a worker that moves on at least every five seconds. */
async function fuzz(mutants: number): Promise<FuzzReport> {
  const beat = new SharedArrayBuffer(4);
  const beats = new Int32Array(beat);
  const workerData: FuzzRequest = { files: fuzzSeeds(), seed: SEED, mutants, beat };
  const worker = new Worker(entry, { workerData, resourceLimits: { maxOldGenerationSizeMb: 768 } });
  let last = -1;
  let isStuck = false;
  const watch = setInterval(() => {
    const now = Atomics.load(beats, 0);
    isStuck = now === last;
    last = now;
    if (isStuck) void worker.terminate();
  }, MOST_MS);
  try {
    return await new Promise<FuzzReport>((settle, reject) => {
      worker.once('message', settle);
      worker.once('error', (error) => reject(new Error(`mutant ${Atomics.load(beats, 0)}`, { cause: error })));
      worker.once('exit', () =>
        reject(new Error(`mutant ${Atomics.load(beats, 0)} ${isStuck ? 'hangs' : 'ends the worker'}`)),
      );
    });
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

describe(`damaged files${withSharedData}`, () => {
  it(`${MUTANTS} mutants are read or refused (seed ${SEED})`, { timeout: 300_000 }, async () => {
    const report = await fuzz(MUTANTS);
    console.info(
      `seed ${SEED}: ${MUTANTS} mutants of ${report.seeds} files; slowest ${report.slowestMs.toFixed(0)} ms (mutant ${report.slowest}),`,
      `peak ${Math.round(report.peakBytes / 1024 / 1024)} MiB`,
    );
    expect(report.bugs).toEqual([]);
    expect(report.slowestMs).toBeLessThan(MOST_MS);
    expect(report.peakBytes).toBeLessThan(MOST_PEAK_BYTES);
    // Damage that nobody notices, or that nothing survives, would prove nothing.
    expect(report.counts['header']?.['header']).toBeGreaterThan(MUTANTS / 10);
    expect(report.counts['header']?.['file/truncated']).toBeGreaterThan(MUTANTS / 50);
    expect(report.counts['header']?.['file/malformed']).toBeGreaterThan(MUTANTS / 50);
    expect(report.counts['directory']?.['directory']).toBeGreaterThan(MUTANTS / 50);
    expect(report.counts['rewrite']?.['rewritten']).toBeGreaterThan(MUTANTS / 20);
  });
});
