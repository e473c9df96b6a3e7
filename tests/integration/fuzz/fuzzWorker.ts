/** Tries mutants one after the other in a thread of its own, so that whoever waits can tell a hang from work. */
import { parentPort, workerData } from 'node:worker_threads';
import { randomFrom } from '../../support/random';
import { mutate, seedOf } from './mutate';
import { tryAll } from './tryAll';

export interface FuzzRequest {
  /** Files to be damaged. */
  readonly files: readonly Uint8Array<ArrayBuffer>[];
  readonly seed: number;
  readonly mutants: number;
  /** Number of the mutant in work. */
  readonly beat: SharedArrayBuffer;
}

export interface FuzzReport {
  /** How often each step had each outcome. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Mutant and what it threw, the first few. */
  readonly bugs: readonly string[];
  readonly slowestMs: number;
  readonly slowest: number;
  /** Largest growth of all memory of this thread since the start, in bytes. */
  readonly peakBytes: number;
  readonly seeds: number;
}

const MOST_BUGS = 20;

/** Of this thread: objects, and array buffers outside the heap. */
function bytesInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function run({ files, seed, mutants, beat }: FuzzRequest): FuzzReport {
  const seeds = files.map(seedOf);
  const counts: Record<string, Record<string, number>> = {};
  const bugs: string[] = [];
  const beats = new Int32Array(beat);
  const before = bytesInUse();
  let [slowestMs, slowest, peakBytes] = [0, -1, 0];
  for (let index = 0; index < mutants; index += 1) {
    Atomics.store(beats, 0, index);
    const chosen = seeds[index % seeds.length];
    if (!chosen) throw new Error('there are no seeds');
    // Each mutant has chance of its own, so that it can be made again without those before it.
    const file = mutate(chosen, randomFrom(seed + index));
    const start = performance.now();
    const outcomes = tryAll(file);
    const ms = performance.now() - start;
    if (ms > slowestMs) [slowestMs, slowest] = [ms, index];
    peakBytes = Math.max(peakBytes, bytesInUse() - before);
    for (const [step, outcome] of Object.entries(outcomes)) {
      const isBug = outcome.startsWith('thrown: ');
      if (isBug && bugs.length < MOST_BUGS) bugs.push(`mutant ${index}, ${step}: ${outcome}`);
      const name = isBug ? 'thrown' : step === 'whole' ? 'told' : outcome;
      const ofStep = (counts[step] ??= {});
      ofStep[name] = (ofStep[name] ?? 0) + 1;
    }
  }
  return { counts, bugs, slowestMs, slowest, peakBytes, seeds: seeds.length };
}

parentPort?.postMessage(run(workerData as FuzzRequest));
