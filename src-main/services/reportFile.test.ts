import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImportLine, ImportReport } from '../../src-shared/contract';
import { safeCell, writeReport } from './reportFile';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'isocenter-report-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

function rowsOf(lines: readonly ImportLine[]) {
  return {
    reports: () => [{ importId: 7 } as ImportReport],
    lines: (_id: number, _all: null, { offset, limit }: { offset: number; limit: number }) => ({
      lines: lines.slice(offset, offset + limit),
    }),
  };
}

const line = (path: string): ImportLine => ({ path, outcome: 'added', code: null, reason: '', detail: '' });

it('is a table with a line for each file, quoted where it must be', async () => {
  const lines: ImportLine[] = [
    line('a.dcm'),
    { path: 'b "x", y', outcome: 'rejected', code: 'file/truncated', reason: 'It ends early.', detail: '' },
    { path: '患者/Bild Ä', outcome: 'partial', code: null, reason: '', detail: '1–37 of 60' },
  ];
  const path = await writeReport(rowsOf(lines), 7, join(root, 'exports'));
  expect(readFileSync(path ?? '', 'utf8')).toBe(
    '\uFEFFpath,outcome,code,reason,detail\r\n' +
      'a.dcm,added,,,\r\n' +
      '"b ""x"", y",rejected,file/truncated,It ends early.,\r\n' +
      '患者/Bild Ä,partial,,,1–37 of 60\r\n',
  );
});

it('has every line, however many pages they take', async () => {
  const lines = Array.from({ length: 2500 }, (_, index) => line(`f${index}`));
  const path = await writeReport(rowsOf(lines), 7, root);
  const paths = readFileSync(path ?? '', 'utf8')
    .trimEnd()
    .split('\r\n')
    .slice(1);
  expect(paths.map((row) => row.split(',')[0])).toEqual(lines.map((one) => one.path));
});

it('is not written for an import that nobody knows', async () => {
  expect(await writeReport(rowsOf([]), 8, root)).toBeNull();
});

it.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx'])('makes text of what a spreadsheet would run: %j', (text) => {
  expect(safeCell(text)).toBe(`'${text}`);
});

it('leaves other text as it is', () => {
  expect(['a=b', '', "'x", '1-2'].map(safeCell)).toEqual(['a=b', '', "'x", '1-2']);
});
