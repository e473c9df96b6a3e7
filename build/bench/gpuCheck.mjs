/**
 * For a machine with a GPU: does it draw every test picture right, and how fast does a scrolled slice get there.
 * `node build/bench/gpuCheck.mjs [chromium flags]`; ISOCENTER_CHROMIUM names the browser. Ends with 1 when a picture is
 * wrong.
 */
import { spawnSync } from 'node:child_process';
import { run } from './scroll.bench.mjs';

const given = process.argv.slice(2);
const args = given.length > 0 ? given : ['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'];

const tests = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'integration', 'tests/integration/rendering.test.ts'],
  { stdio: 'inherit' },
);
console.log(JSON.stringify(await run({ args }), null, 2));
process.exitCode = tests.status === 0 ? 0 : 1;
