import { expect, it, vi } from 'vitest';
import { scriptedLibrary, settled } from '../../../../tests/support/scriptedLibrary';
import { createFacetReader } from './facetReader';

it('reads when somebody looks, and again after a change only while somebody does', async () => {
  const { source } = scriptedLibrary(3);
  let [reads, isOpen] = [0, false];
  const counting = {
    ...source,
    facets: () => {
      reads += 1;
      return source.facets();
    },
  };
  const reader = createFacetReader(counting, () => isOpen);
  reader.changed();
  const unseen = reads;
  reader.look();
  reader.look();
  await settled();
  const looked = reads;
  reader.changed();
  await settled();
  const changedUnseen = reads;
  isOpen = true;
  reader.changed();
  await vi.waitFor(() => expect(reads).toBe(2));
  reader.dispose();
  expect([unseen, looked, changedUnseen]).toEqual([0, 1, 1]);
});
