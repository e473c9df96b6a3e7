/** `docs/conformance.md` is read by people who decide by it: its table must say what the code does. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDecodable } from '../src-shared/codecs';
import { transferSyntaxes } from '../src-shared/dicom/transferSyntax';

const ROOT = '1.2.840.10008.1.2';
const text = readFileSync(path.resolve(import.meta.dirname, '../docs/conformance.md'), 'utf8');

interface Row {
  readonly from: number[];
  readonly to: number[];
  readonly isDecoded: boolean;
}

/** `.4.92 to .4.95, .8.1` as ranges of UID components. */
function rowsOf(markdown: string): Row[] {
  const table = markdown.slice(markdown.indexOf('| transfer syntax |'), markdown.indexOf('## Objects'));
  return table.split('\n').flatMap((line) => {
    const [, name, uids, pixels] = line.split('|').map((cell) => cell.trim());
    if (!name || uids === undefined || pixels === undefined || name.startsWith('-') || name === 'transfer syntax')
      return [];
    return uids.split(',').map((range) => {
      const [from = '', to = from] = range.split(' to ').map((uid) => uid.trim());
      return { from: components(from), to: components(to), isDecoded: !pixels.startsWith('not yet') };
    });
  });
}

const components = (suffix: string) => suffix.split('.').filter(Boolean).map(Number);

function isWithin(uid: number[], { from, to }: Row): boolean {
  if (from.join('.') === to.join('.')) return uid.join('.') === from.join('.');
  return uid.length >= from.length && order(uid, from) >= 0 && order(uid.slice(0, to.length), to) <= 0;
}

function order(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? -1);
}

describe('the conformance table', () => {
  const rows = rowsOf(text);
  const standard = transferSyntaxes.filter(({ uid }) => uid === ROOT || uid.startsWith(`${ROOT}.`));

  it.each(standard.map(({ uid, name }) => [name, uid]))('%s', (_name, uid) => {
    const row = rows.find((candidate) => isWithin(components(uid.slice(ROOT.length)), candidate));
    // A retired syntax nobody decodes need not be listed.
    expect(row?.isDecoded ?? false).toBe(isDecodable(uid));
  });

  it('was read at all', () => {
    expect(rows.length).toBeGreaterThan(15);
  });
});
