/** What the built programs may reach. Reads `out/`, so that nothing the bundler did is missed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'out/main');
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["'`]([^"'`]+)["'`]/g;

/** Every built file reached from `entry` and every package any of them names. */
function reach(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, source = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      if (source.startsWith('.')) visit(path.resolve(path.dirname(file), source));
      else
        packages.add(
          source
            .split('/')
            .slice(0, source.startsWith('@') ? 2 : 1)
            .join('/'),
        );
    }
  };
  visit(path.join(out, entry));
  return { files, packages };
}

/** The packages that `names` bring along, by their own `dependencies`. */
function withDependencies(names: Iterable<string>): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name) || name.startsWith('node:')) return;
    seen.add(name);
    const manifest = path.join(root, 'node_modules', name, 'package.json');
    if (!existsSync(manifest)) return;
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: object };
    for (const dependency of Object.keys(dependencies)) visit(dependency);
  };
  for (const name of names) visit(name);
  return seen;
}

/** Source files reached from `entry` through relative imports. */
function reachSources(entry: string): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, source = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      if (!source.startsWith('.')) continue;
      const base = path.resolve(path.dirname(file), source);
      const found = [base, `${base}.ts`, `${base}.tsx`, path.join(base, 'index.ts')].find(isFile);
      if (found) visit(found);
    }
  };
  visit(path.join(root, entry));
  return seen;
}

function isFile(file: string): boolean {
  return /\.(ts|tsx|js)$/.test(file) && existsSync(file);
}

describe.skipIf(!existsSync(path.join(out, 'nodeHost.js')))('what the built programs reach', () => {
  it.each(['nodeHost.js', 'nodeService.js', 'dcm.js'])('%s never reaches electron', (entry) => {
    const { packages, files } = reach(entry);
    const all = withDependencies(packages);
    expect([...all].filter((name) => /^electron(-store)?$/.test(name))).toEqual([]);
    expect(files.size).toBeGreaterThan(1);
  });

  it('the window loads nothing but electron and Node before its first paint', () => {
    const { packages } = reachStatic('main.js');
    expect([...packages].filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([]);
  });

  it('every package named by a built program is installed', () => {
    const resolve = createRequire(path.join(out, 'main.js'));
    const entries = readdirSync(out).filter((file) => file.endsWith('.js'));
    const named = new Set(entries.flatMap((entry) => [...reach(entry).packages]));
    const missing = [...named].filter(
      (name) => !name.startsWith('node:') && name !== 'electron' && !canResolve(resolve, name),
    );
    expect(missing).toEqual([]);
  });
});

/** As `reach`, following `main.js` and the window's own chunk but not what is loaded after the first paint. */
function reachStatic(entry: string): { packages: Set<string> } {
  const all = reach(entry);
  const boot = [...all.files].filter((file) => /[\\/](main|boot-[^\\/]*)\.js$/.test(file));
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, source = ''] of readFileSync(file, 'utf8').matchAll(/^import\s[^;]*?["']([^"']+)["'];?$/gm)) {
      if (source.startsWith('.')) visit(path.resolve(path.dirname(file), source));
      else packages.add(source);
    }
  };
  for (const file of boot) visit(file);
  return { packages };
}

function canResolve(resolve: NodeJS.Require, name: string): boolean {
  return existsSync(path.join(root, 'node_modules', name)) || resolve.resolve.paths(name) === null;
}

describe('a house without its Electron rooms', () => {
  const gone = ['src-main/hosts/electron/', 'src-preload/'].map((room) => path.join(root, room));

  it.each([
    'src-main/hosts/node/main.ts',
    'src-main/hosts/node/service.ts',
    'src-main/cli/main.ts',
    'src-main/workers/scan.ts',
    'src-main/workers/decode.ts',
    'src-main/workers/phantom.ts',
    'src-renderer/app/main.tsx',
  ])('%s needs no file of them', (entry) => {
    const sources = reachSources(entry);
    expect([...sources].filter((file) => gone.some((room) => file.startsWith(room)))).toEqual([]);
    expect(sources.size).toBeGreaterThan(0);
  });
});
