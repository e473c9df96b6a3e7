/** `npm run dcm -- <command> …`: the command line over the services. Standard output belongs to the command alone. */
import path from 'node:path';
import { callerDirectory, pinnedNode, root, run, say } from './processes.mjs';
import { ensureBuilt, ensurePackages } from './setUp.mjs';

try {
  await ensurePackages({ output: 'stderr' });
  await ensureBuilt({ output: 'stderr' });
  process.exitCode = await run(pinnedNode, [path.join(root, 'out/main/dcm.js'), ...process.argv.slice(2)], {
    cwd: callerDirectory,
  });
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
