import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import packageJson from './package.json' with { type: 'json' };

const at = (...parts: string[]) => resolve(import.meta.dirname, ...parts);

/** One build for both hosts: Node entries, the sandboxed preload (one CommonJS file), the renderer. */
export default defineConfig({
  main: {
    define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          main: at('src-main/hosts/electron/main.ts'),
          service: at('src-main/hosts/electron/service.ts'),
          nodeHost: at('src-main/hosts/node/main.ts'),
          nodeService: at('src-main/hosts/node/service.ts'),
          dcm: at('src-main/cli/main.ts'),
          scan: at('src-main/workers/scan.ts'),
          decode: at('src-main/workers/decode.ts'),
          phantom: at('src-main/workers/phantom.ts'),
        },
        // Chunks lie beside the entries, so that `import.meta.url` leads to the same neighbours from either.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: at('src-preload/index.ts') },
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: at('src-renderer'),
    plugins: [react()],
    worker: { format: 'es' },
    // The page comes through our own scheme; only its live-reload socket goes to Vite directly.
    server: { host: '127.0.0.1', port: 5173, hmr: { protocol: 'ws', host: '127.0.0.1', clientPort: 5173 } },
    build: {
      outDir: at('out/renderer'),
      minify: true,
      rolldownOptions: { input: { index: at('src-renderer/index.html') } },
    },
  },
});
