/**
 * The writing side of the library, ended by SIGKILL at random moments of taking in, emptying the trash, evicting and
 * deciding: whatever was said to be in the library is, and disk and index agree after every start.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleForNode } from '../support/bundle';
import { agreement, disagreements, Told } from '../support/libraryTruth';

const CYCLES = 200;
/** A child lives this long after it has opened the library, milliseconds. */
const MOST_LIFE_MS = 120;

let root: string;
let entry: string;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'isocenter-kill-'));
  entry = await bundleForNode(path.resolve(import.meta.dirname, '../support/killChild.ts'), path.join(root, 'bundle'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function hear(line: string, told: Told): void {
  const [word, ...digests] = line.split(' ');
  if (word === 'took') told.take(digests);
  else if (word === 'ending') told.startEnding(digests);
  else if (word === 'ended') told.end(digests);
}

/** Gives what the child said until it was killed; half a line counts for nothing. */
function runAndKill(library: string, seed: number, lifeMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [entry, library, String(seed)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (output === '') setTimeout(() => child.kill('SIGKILL'), lifeMs);
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the child ended by itself: ${errors}`));
      else resolve(output.split('\n').slice(0, -1));
    });
  });
}

it(`nothing that was acknowledged is lost in ${String(CYCLES)} kills`, { timeout: 300_000 }, async () => {
  const seed = Number(process.env['ISOCENTER_SEED'] ?? Math.floor(Math.random() * 1_000_000) + 1);
  console.log(`seed ${seed}`);
  const library = path.join(root, 'library');
  const told = new Told();
  let acknowledged = 0;
  for (let cycle = 0; cycle < CYCLES; cycle += 1) {
    const lines = await runAndKill(library, seed + cycle, (((seed + cycle) * 48_271) % 1000) * (MOST_LIFE_MS / 1000));
    for (const line of lines) hear(line, told);
    acknowledged += lines.filter((line) => line.startsWith('took ')).length;
    expect({ cycle, ...disagreements(library, told) }).toEqual({ cycle, ...agreement });
  }
  console.log(
    `${acknowledged} acknowledged, ${told.ended.size} ended, ${told.repairs} starts had something to put right`,
  );
  expect(told.repairs).toBeGreaterThan(0);
  expect(acknowledged).toBeGreaterThan(CYCLES);
});
