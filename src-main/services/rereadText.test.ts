import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readHeader } from '../../src-shared/dataset/header';
import { indexedHeaderOf, type IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import { smallCt } from '../../tests/support/smallCt';
import { openStore, type Store } from '../store';
import { rereadText } from './rereadText';
import type { ScanWork } from './scanPool';

let root: string;
let store: Store;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter-reread-'));
  store = openStore(join(root, 'library'));
});
afterEach(() => {
  store.dispose();
  rmSync(root, { recursive: true });
});

function headerOf(path: string, characterSet: string | null): IndexedHeader {
  const bytes = new Uint8Array(readFileSync(path));
  const read = readHeader(bytes, bytes.length, { characterSet });
  if (read.kind !== 'header') throw new Error(read.kind);
  return indexedHeaderOf(read.header);
}

/** A name in Cyrillic letters of ISO 8859-5, which the file does not say. */
function putCyrillic(name: string, sopUid: string): string {
  const path = join(root, name);
  const bytes = Buffer.from(smallCt({ sopUid, patientName: 'XXXXXX' }));
  const at = bytes.indexOf('XXXXXX');
  // "Иванов" in ISO 8859-5.
  Buffer.from([0xb8, 0xd2, 0xd0, 0xdd, 0xde, 0xd2]).copy(bytes, at);
  writeFileSync(path, bytes);
  return path;
}

const names = () => {
  const sort = { column: 'patientName', direction: 'ascending' } as const;
  const { ids } = store.lists.list({ filter: {}, sort }, { revision: Math.random(), nowMs: 0 });
  return store.lists.rows(ids).map((row) => [row.studyId, row.patient.name.alphabetic]);
};

it('gives a study the name that its bytes mean, under the same id, and says which files are gone', async () => {
  const paths = [putCyrillic('a', '2.25.1'), putCyrillic('b', '2.25.2')];
  const source = {
    kind: 'folder',
    label: 'in',
    path: root,
    isRemovable: false,
    characterSet: null,
    addedAtMs: 0,
  } as const;
  const sourceId = store.sources.put(source);
  const batch = paths.map((path) => {
    const { size: sizeBytes, mtimeMs } = statSync(path);
    const arrival = { kind: 'reference', path, sizeBytes, mtimeMs } as const;
    return { header: headerOf(path, null), arrival, sourceId, origin: path };
  });
  const [first] = store.intake.take(batch, 0);
  const before = names();
  rmSync(paths[1] ?? '');
  const announced: number[] = [];
  const pool = {
    run: (work: ScanWork) =>
      Promise.resolve(
        work.slices.map(({ path }) => {
          if (path === paths[1]) {
            const gone = { code: 'file/not-found', reason: '', isDicom: false, systemCode: 'ENOENT' } as const;
            return { kind: 'failed', ...gone } as const;
          }
          const characterSet = work.task === 'digest' ? null : work.characterSet;
          const found = { sizeBytes: 0, mtimeMs: 0, warning: null, wholeFrames: null, taken: null };
          return { kind: 'header', header: headerOf(path, characterSet), ...found } as const;
        }),
      ),
  };
  const changes = { announce: (studyIds: Iterable<number>) => void announced.push(...studyIds) };
  const parts = { text: store.text, sources: store.sources, pool, changes };
  const result = await rereadText(parts, { sourceId, characterSet: 'ISO_IR 144' });
  const studyId = first?.studyId ?? 0;
  expect(before.map(([id]) => id)).toEqual([studyId]);
  expect({ result, announced, names: names() }).toEqual({
    result: { changed: 1, failed: 1 },
    announced: [studyId],
    names: [[studyId, 'Иванов']],
  });
  expect(store.sources.of(sourceId)?.characterSet).toBe('ISO_IR 144');
});
