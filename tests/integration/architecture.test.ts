/** What the built programs may reach. Reads `out/`, so that nothing the bundler did is missed. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const out = path.join(root, 'out/main');

interface Reach {
  readonly files: ReadonlySet<string>;
  /** Everything imported by name: packages and `node:` modules. */
  readonly packages: ReadonlySet<string>;
}

/** Follows relative imports from `entry`. `staticOnly` leaves out what is loaded later by `import()`. */
function reach(entry: string, options: { readonly staticOnly: boolean }): Reach {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    const text = readFileSync(file, 'utf8');
    for (const source of options.staticOnly ? staticImports(file, text) : allImports(text)) {
      if (!source.startsWith('.')) packages.add(packageOf(source));
      else {
        const target = sourceFile(path.resolve(path.dirname(file), source));
        if (target) visit(target);
      }
    }
  };
  visit(path.join(root, entry));
  return { files, packages };
}

function allImports(text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

function staticImports(file: string, text: string): string[] {
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    const isImport = ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
    const specifier = isImport ? statement.moduleSpecifier : undefined;
    return specifier && ts.isStringLiteral(specifier) ? [specifier.text] : [];
  });
}

function packageOf(source: string): string {
  if (source.startsWith('node:')) return source;
  return source
    .split('/')
    .slice(0, source.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The file an import without extension names; `undefined` for style sheets and pictures. */
function sourceFile(base: string): string | undefined {
  return [base, `${base}.ts`, `${base}.tsx`, path.join(base, 'index.ts')].find(
    (file) => /\.(ts|tsx|js)$/.test(file) && existsSync(file),
  );
}

/** The packages that `names` bring along, by their own `dependencies`. */
function withDependencies(names: Iterable<string>): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string) => {
    const manifest = path.join(root, 'node_modules', name, 'package.json');
    if (seen.has(name) || !existsSync(manifest)) return;
    seen.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies?: object };
    for (const dependency of Object.keys(dependencies)) visit(dependency);
  };
  for (const name of names) visit(name);
  return seen;
}

const isBuilt = existsSync(path.join(out, 'nodeHost.js'));

describe.skipIf(!isBuilt)('what the built programs reach', () => {
  it.each(['nodeHost.js', 'nodeService.js', 'dcm.js', 'scan.js', 'decode.js', 'phantom.js'])(
    '%s never reaches electron',
    (entry) => {
      const { packages } = reach(`out/main/${entry}`, { staticOnly: false });
      const all = [...packages, ...withDependencies(packages)];
      expect(all.filter((name) => /^electron($|-)/.test(name))).toEqual([]);
      expect(packages.size).toBeGreaterThan(0);
    },
  );

  it('main.js, the desktop entry, does reach electron: the look itself works', () => {
    expect([...reach('out/main/main.js', { staticOnly: false }).packages]).toContain('electron');
  });

  it('the window loads nothing but electron and Node before its first paint', () => {
    const boot = readdirSync(out).find((file) => /^boot-.*\.js$/.test(file)) ?? '';
    const entries = ['main.js', boot].map((file) => reach(`out/main/${file}`, { staticOnly: true }));
    const packages = entries.flatMap((entry) => [...entry.packages]);
    expect(packages.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([]);
  });

  it('every package named by a built program is a dependency of the product', () => {
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { dependencies: object };
    const named = readdirSync(out)
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => [...reach(`out/main/${file}`, { staticOnly: false }).packages]);
    const missing = named.filter(
      (name) => !name.startsWith('node:') && name !== 'electron' && !(name in manifest.dependencies),
    );
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe('a house without its Electron rooms', () => {
  const gone = ['src-main/hosts/electron/', 'src-preload/'].map((room) => path.join(root, room));

  it.each([
    'src-main/hosts/node/main.ts',
    'src-main/hosts/node/service.ts',
    'src-main/cli/main.ts',
    'src-main/workers/scan.ts',
    'src-main/workers/decode.ts',
    'src-main/workers/phantom.ts',
    'src-renderer/main.tsx',
  ])('%s needs no file of them', (entry) => {
    const { files } = reach(entry, { staticOnly: false });
    expect([...files].filter((file) => gone.some((room) => file.startsWith(room)))).toEqual([]);
    expect(files.size).toBeGreaterThan(1);
  });
});
