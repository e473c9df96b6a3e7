/** Every kind of damage on one medium, imported by the command line: every line and every count as it must be, nothing else. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportLine, ImportReport } from '../../src-shared/contract';
import { writeDamagedMedium, type DamagedMedium } from '../fixtures/damagedMedia';
import { repository } from '../support/programs';

/** Permissions say nothing to root: the import runs as somebody else then. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const MEGABYTE = 1024 * 1024;
/** An import of little takes 110; a deflated file may take 256 times its own size before it is given up. */
const MOST_MEMORY = 768 * MEGABYTE;

const program = join(repository, 'out/main/dcm.js');
const preload = resolve(import.meta.dirname, '../fixtures/damagedMedia/badSectors.mjs');
const canRun = process.platform === 'linux' && existsSync(program);

interface Told {
  readonly report: ImportReport;
  readonly lines: readonly ImportLine[];
}

let base: string;
let medium: string;
let expected: DamagedMedium;

async function dcm(memoryFile: string, ...args: readonly string[]): Promise<unknown> {
  const env = { ...process.env, ISOCENTER_TEST_MEMORY: memoryFile, TMPDIR: join(base, 'work') };
  const child = spawn(process.execPath, ['--import', preload, program, ...args, '--json'], {
    ...{ env, stdio: ['ignore', 'pipe', 'inherit'] as const },
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await once(child, 'close');
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as unknown;
}

const memoryOf = (placement: string) => join(base, 'work', `memory-${placement.slice(2)}`);

async function imported(placement: '--copy' | '--reference'): Promise<Told> {
  const library = join(base, 'work', placement.slice(2));
  await dcm(memoryOf(placement), 'import', medium, placement, '--library', library);
  const { lines, ...report } = (await dcm('', 'report', '1', '--library', library)) as ImportReport & {
    lines: ImportLine[];
  };
  return { report, lines };
}

/** Everything below a folder, sizes and times included, but what may be written. */
function namesIn(folder: string, except: string): string[] {
  const found = execFileSync('find', [folder, '-printf', '%P %s %T@\\0'], { encoding: 'latin1' });
  return found
    .split('\0')
    .filter((name) => !name.startsWith(except))
    .sort();
}

const told = (one: Pick<ImportLine, 'path' | 'outcome' | 'code'>) =>
  `${one.path} ${one.outcome} ${one.code ?? ''}`.trim();
/** Of equals it is not said which is met first. */
const withoutPlace = (one: Parameters<typeof told>[0]) =>
  told({ ...one, path: /^(same|copies|link-inside)/.test(one.path) ? (one.path.split('/')[0] ?? '') : one.path });

describe.skipIf(!canRun)('a medium with every kind of damage', () => {
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'isocenter-damaged-'));
    medium = join(base, 'medium');
    mkdirSync(medium);
    mkdirSync(join(base, 'work'));
    chmodSync(base, 0o755);
    chmodSync(join(base, 'work'), 0o777);
    expected = await writeDamagedMedium(medium);
  }, 60_000);

  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('has at least forty', () => {
    expect(new Set(expected.damages).size).toBe(expected.damages.length);
    expect(expected.damages.length).toBeGreaterThanOrEqual(40);
  });

  describe.each(['--copy', '--reference'] as const)('imported with %s', (placement) => {
    let before: string[];
    let result: Told;
    beforeAll(async () => {
      before = namesIn(base, 'work');
      result = await imported(placement);
    }, 120_000);

    it('has a line for every file, and no other', () => {
      expect(result.lines.map(withoutPlace).sort()).toEqual(expected.lines.map(withoutPlace).sort());
    });

    it('says which frames can be shown', () => {
      const details = new Map(result.lines.map(({ path, detail }) => [path, detail]));
      const wanted = expected.lines.flatMap(({ path, detail }) => (detail === undefined ? [] : [[path, detail]]));
      expect(wanted.map(([path = '']) => [path, details.get(path)])).toEqual(wanted);
    });

    it('counts exactly', () => {
      const { seen, added, partial, known, aside, directories, notDicom, rejected, notChosen } = result.report;
      const totals = { seen, added, partial, known, aside, directories, notDicom, rejected, notChosen };
      expect(totals).toEqual(expected.totals);
    });

    it('reconciles every DICOMDIR exactly', () => {
      const counted = result.report.media.map(({ issues: _, ...counts }) => counts);
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
      expect(counted.toSorted(byPath)).toEqual(expected.media.toSorted(byPath));
    });

    it('holds in the library what the report says, and every copy is as it came', async () => {
      const library = join(base, 'work', placement.slice(2));
      const verified = (await dcm('', 'verify', '--deep', '--library', library)) as Record<string, number>;
      expect(verified).toMatchObject({ missing: 0, damaged: 0, unreadable: 0, leftovers: 0, corrected: 0 });
      expect(verified['checked']).toBe(expected.totals.added + expected.totals.partial);
    });

    it('writes nothing outside the library, and takes bounded memory', () => {
      expect(namesIn(base, 'work')).toEqual(before);
      expect(readdirSync(join(base, 'work')).filter((name) => !/^(memory-)?(copy|reference)$/.test(name))).toEqual([]);
      expect(Number(readFileSync(memoryOf(placement), 'utf8'))).toBeLessThan(MOST_MEMORY);
    });
  });
});
