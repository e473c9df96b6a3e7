/** The renderer's files by address. The list is made once, so an address can only ever name one of them. */
import { readdirSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticFile {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Files below `directory` by pathname; `/` is `index.html`. Files under `assets/` carry a hash in their name and are kept by the browser. */
export function listStaticFiles(directory: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const pathname = `/${relative(directory, path).split(sep).join('/')}`;
    const cacheControl = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    files.set(pathname, { path, headers: { 'Content-Type': type, 'Cache-Control': cacheControl } });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}
