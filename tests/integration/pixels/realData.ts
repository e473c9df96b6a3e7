/** The real files beside the repository and what is known of their pixels; tests that need them say so when they are not there. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../../../shared/data');

/** The decoding worker as it is built. */
const builtWorker = resolve(import.meta.dirname, '../../../out/main/decode.js');

/** Why a test that decodes real files cannot run here; `null` when it can. */
export const reasonToSkip: string | null = !existsSync(resolve(folder, 'TRUTH.csv'))
  ? 'the real files of shared/data are not here'
  : !existsSync(builtWorker)
    ? 'out/main/decode.js is not built: npm run build'
    : null;

export const workerUrl = new URL(`file://${builtWorker}`);

export function realFile(path: string): string {
  return resolve(folder, path);
}

type Row = Readonly<Record<string, string>>;

function cellsOf(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );
}

function table(name: string): Row[] {
  const [head = '', ...lines] = readFileSync(realFile(name), 'utf8').trim().split(/\r?\n/);
  const keys = cellsOf(head);
  return lines.map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(keys.map((key, index) => [key, cells[index] ?? '']));
  });
}

export interface PixelTruth {
  readonly path: string;
  readonly transferSyntaxUid: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** Every file whose decoded values are known. */
export function pixelTruths(): PixelTruth[] {
  const syntaxes = new Map(table('INDEX.csv').map((row) => [row['path'], row['transfer_syntax_uid'] ?? '']));
  return table('TRUTH.csv')
    .filter((row) => row['sha256_pixels_le'] !== '')
    .map((row) => ({
      path: row['path'] ?? '',
      transferSyntaxUid: syntaxes.get(row['path']) ?? '',
      sha256: row['sha256_pixels_le'] ?? '',
      bytes: Number(row['pixel_bytes']),
    }));
}
