/** Every DICOMDIR of the shared data beside what independent tools counted. Read as an import reads it, without a library. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openPaths } from '../../src-main/media/open';
import { MediaReconciler } from '../../src-main/media/reconcile';
import type { MediaEntry, OpenContext } from '../../src-main/media/source';
import { withOpenSlice } from '../../src-main/workers/openSlice';
import { failureOf, readSlice, type ReadSlice } from '../../src-main/workers/readSlice';
import { ScanBeat } from '../../src-main/workers/scanBeat';
import { hasSharedData, sharedTable, type Row } from '../support/sharedData';
import { sharedData } from '../support/programs';
import { skipUnless } from '../support/skip';

async function reconciled(folder: string): Promise<MediaReconciler> {
  const spoolDirectory = mkdtempSync(join(tmpdir(), 'isocenter-truth-'));
  const context: OpenContext = {
    signal: new AbortController().signal,
    spoolDirectory,
    askPassword: () => Promise.resolve(null),
    roomFor: () => Promise.resolve(),
    onUnpacked: () => undefined,
  };
  const reconciler = new MediaReconciler();
  for await (const found of openPaths([folder], context)) {
    if (found.kind === 'entries') for (const entry of found.entries) add(reconciler, entry);
  }
  rmSync(spoolDirectory, { recursive: true });
  return reconciler;
}

function add(reconciler: MediaReconciler, { name, slice }: MediaEntry): void {
  const result = read(slice);
  if (result.kind === 'directory') reconciler.addDirectory(name, result.directory, result.reason);
  else if (result.kind === 'instance') {
    reconciler.addFile(name, { kind: 'instance', sopInstanceUid: result.header.instance.sopInstanceUid });
  } else reconciler.addFile(name, { kind: result.kind === 'failed' ? 'unreadable' : 'not-dicom' });
}

function read(slice: MediaEntry['slice']): ReadSlice {
  const beat = new ScanBeat();
  try {
    return withOpenSlice(slice, (open) => readSlice(open, { characterSet: null, beat })) ?? failureOf(slice.path, null);
  } catch (thrown) {
    return failureOf(slice.path, thrown);
  }
}

skipUnless(hasSharedData, '../shared/data is not there')('the DICOMDIRs of the shared data', () => {
  const rows = hasSharedData ? sharedTable('MEDIA_TRUTH.csv') : [];
  const media = Map.groupBy(rows, ({ dicomdir = '' }) => dicomdir.split('/').slice(0, 2).join('/'));

  it.each([...media])('%s', async (medium, announcing: Row[]) => {
    const reconciliations = (await reconciled(join(sharedData, medium))).reconciliations();
    const counted = announcing.map(({ dicomdir = '' }) => {
      const found = reconciliations.find(({ path }) => `${medium}/${path}` === dicomdir);
      return [
        dicomdir,
        found?.announced,
        (found?.found ?? 0) + (found?.unreadable ?? 0),
        found?.missing,
        found?.unlisted,
      ];
    });
    expect(counted).toEqual(
      announcing.map(({ dicomdir, referenced, found_at_reference, missing, unreferenced_in_folder }) => [
        dicomdir,
        ...[referenced, found_at_reference, missing, unreferenced_in_folder].map(Number),
      ]),
    );
  });

  it('says of a disc whose files were moved where they are', async () => {
    const moved = await reconciled(join(sharedData, 'media/philips_ct_moved'));
    expect(moved.reconciliations()[0]?.issues).toEqual(['29 announced files lie elsewhere than the DICOMDIR says.']);
  });
});
