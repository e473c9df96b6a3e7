import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copy, headerOf, incoming, objectBytes } from '../../tests/support/arrivals';
import type { SmallCt } from '../../tests/support/smallCt';
import { openStore, type Store } from './index';
import { objectPath } from './objects';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter-text-'));
  store = openStore(folder);
});
afterEach(() => {
  store.dispose();
  rmSync(folder, { recursive: true });
});

const source = (label: string) =>
  store.sources.put({ kind: 'zip', label, path: `/${label}`, isRemovable: false, characterSet: null, addedAtMs: 1 });

/** Gives the id of the instance. */
function take(changes: Partial<SmallCt>, sourceId: number): number {
  const bytes = objectBytes(changes);
  const [outcome] = store.intake.take([incoming(bytes, copy(store.intake, bytes), { sourceId })], 1);
  return outcome?.instanceId ?? 0;
}

const reread = (instanceId: number, changes: Partial<SmallCt>) => ({
  instanceId,
  header: headerOf(objectBytes(changes)),
});
const studies = (text?: string) => {
  const filter = text === undefined ? {} : { text };
  const sort = { column: 'addedAt', direction: 'ascending' } as const;
  const { ids } = store.lists.list({ filter, sort }, { revision: Math.random(), nowMs: 1 });
  return store.lists
    .rows(ids)
    .map(({ studyId, patient, instanceCount, tags }) => [studyId, patient.name.alphabetic, instanceCount, tags]);
};

describe('files of a source', () => {
  it('come by page, with the paths where they can be read', () => {
    const cd = source('CD');
    take({ sopUid: '2.25.31' }, source('other'));
    const id = take({ sopUid: '2.25.32' }, cd);
    const { sha256 } = store.files.of(id) ?? {};
    expect([...store.text.pages(cd)].flat()).toEqual([{ instanceId: id, path: objectPath(folder, sha256 ?? '') }]);
  });
});

describe('text read again', () => {
  const wrong = { patientName: 'M?ller^Eva' };
  const right = { patientName: 'Müller^Eva' };

  it('changes nothing where it is the same', () => {
    const id = take(wrong, source('CD'));
    expect(store.text.rewrite([reread(id, wrong)])).toEqual([]);
  });

  it('moves a study to its patient as it is, with what people wrote, and it is found by the new name', () => {
    const cd = source('CD');
    const ids = ['2.25.31', '2.25.32'].map((sopUid) => take({ ...wrong, sopUid }, cd));
    store.edits.apply([1], { addTags: ['t'] });
    const texts = ids.map((id, n) => reread(id, { ...right, sopUid: `2.25.3${n + 1}` }));
    expect(store.text.rewrite(texts)).toEqual([1]);
    expect(studies()).toEqual([[1, 'Müller^Eva', 2, ['t']]]);
    expect([studies('muller'), studies('m?ller')]).toEqual([studies(), []]);
    expect(store.library.counts()).toMatchObject({ patients: 1, studies: 1, series: 1, instances: 2 });
  });

  it('moves only its own instances out of a study that another source shares', () => {
    const cd = source('CD');
    const mine = take({ ...wrong, sopUid: '2.25.31' }, cd);
    take({ ...wrong, sopUid: '2.25.32' }, source('other'));
    expect(new Set(store.text.rewrite([reread(mine, { ...right, sopUid: '2.25.31' })]))).toEqual(new Set([1, 2]));
    expect(studies()).toEqual([
      [1, 'M?ller^Eva', 1, []],
      [2, 'Müller^Eva', 1, []],
    ]);
  });

  it('joins the study that the patient has already, and leaves nothing empty behind', () => {
    const mine = take({ ...wrong, sopUid: '2.25.31' }, source('CD'));
    take({ ...right, sopUid: '2.25.32' }, source('other'));
    store.edits.apply([1], { addTags: ['from the CD'] });
    store.edits.apply([2], { addTags: ['here'] });
    store.text.rewrite([reread(mine, { ...right, sopUid: '2.25.31' })]);
    expect(studies()).toEqual([[2, 'Müller^Eva', 2, ['from the CD', 'here']]]);
    expect(store.library.counts()).toMatchObject({ patients: 1, studies: 1, series: 1 });
  });

  it('keeps two apart that would be one', () => {
    const mine = take(wrong, source('CD'));
    take(right, source('other'));
    store.text.rewrite([reread(mine, right)]);
    expect(store.library.counts().instances).toBe(2);
  });
});
