/** An entry of the tests as one file that the pinned Node runs in a process of its own. */
import { join } from 'node:path';
import { build } from 'vite';

/** Gives the path of the bundle, in `directory`. */
export async function bundleForNode(entry: string, directory: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: entry,
      outDir: directory,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'entry.mjs', format: 'es' } },
    },
    ssr: { noExternal: true },
  });
  return join(directory, 'entry.mjs');
}
