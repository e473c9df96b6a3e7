import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import type { ImportEvent, ImportReport } from '../../src-shared/contract';
import { openStore, type Store } from '../store';
import type { ScanResult } from '../workers/scanTask';
import { ChangeFeed } from './changeFeed';
import { createImportService, type ImportService } from './import';
import type { ScanPool } from './scanPool';

let root: string;
let store: Store;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'isocenter-import-'));
  store = openStore(join(root, 'library'));
});
afterEach(() => {
  store.dispose();
  rmSync(root, { recursive: true });
});

function put(...parts: string[]): string {
  const path = join(root, 'in', ...parts);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, '');
  return path;
}

/** Reads a file by its name: `CT 7` is instance 7 of a CT series, `bad` fails, `DICOMDIR` lists others. */
function scanned(path: string): ScanResult {
  const name = basename(path);
  if (name === 'bad') return { kind: 'failed', path, code: 'file/truncated', reason: 'It ends early.', isDicom: true };
  if (name === 'DICOMDIR') return { kind: 'directory', path };
  const [modality = '', sopUid] = name.split(' ');
  if (sopUid === undefined) return { kind: 'not-dicom', path };
  const header = {
    patientKey: 'P',
    patientJson: '{}',
    studyUid: '1',
    studyJson: '{}',
    seriesUid: modality,
    modality,
    seriesJson: '{"number":1}',
    sopUid,
    instanceJson: '{}',
    hasImage: true,
    path,
    sizeBytes: 0,
    mtimeMs: 0,
  };
  const warning = modality === 'XX' ? ({ code: 'pixels/truncated', reason: 'Cut.' } as const) : null;
  return { kind: 'header', header, warning };
}

function service(changes: { scan?: ScanPool['scan']; generateDemo?: (folder: string) => void } = {}): ImportService {
  const scan: ScanPool['scan'] = (paths) => Promise.resolve(paths.map(scanned));
  return createImportService({
    store,
    changes: new ChangeFeed(),
    pool: { width: 2, scan: changes.scan ?? scan, dispose: () => undefined },
    nowMs: () => Date.now(),
    demoDirectory: join(root, 'library', 'demo', 'ct'),
    generateDemo: (folder, onProgress) => {
      changes.generateDemo?.(folder);
      onProgress(1, 2);
      return Promise.resolve();
    },
  });
}

async function reportOf(events: AsyncIterable<ImportEvent>): Promise<ImportReport> {
  const reports: ImportReport[] = [];
  for await (const event of events) if (event.kind === 'report') reports.push(event.report);
  expect(reports).toHaveLength(1);
  return reports[0] as ImportReport;
}

const opened = () => join(root, 'in');

describe('opening a folder', () => {
  it('accounts for every file and keeps the report', async () => {
    put('CT 1');
    put('sub', 'CT 2');
    put('sub', 'XX 3');
    put('DICOMDIR');
    put('readme');
    const bad = put('bad');
    const imports = service();
    const report = await reportOf(imports.open([opened(), join(root, 'absent')]));
    expect(report).toMatchObject({
      importId: 1,
      seen: 6,
      dicom: 5,
      notDicom: 1,
      failed: 2,
      added: 3,
      duplicates: 0,
      wasCancelled: false,
      failures: [
        { path: bad, code: 'file/truncated', reason: 'It ends early.' },
        { path: join(root, 'absent'), code: 'file/not-found' },
      ],
      warnings: [{ path: join(opened(), 'sub', 'XX 3'), code: 'pixels/truncated', reason: 'Cut.' }],
      notDicomPaths: [join(opened(), 'readme')],
      studyIds: [1],
    });
    expect(imports.reports()).toEqual([report]);
    expect(store.library.studies()).toMatchObject([{ source: 'in', instanceCount: 3, modalities: ['CT', 'XX'] }]);
  });

  it('adds nothing the second time', async () => {
    put('CT 1');
    const imports = service();
    await reportOf(imports.open([opened()]));
    expect(await reportOf(imports.open([opened()]))).toMatchObject({ added: 0, duplicates: 1, studyIds: [1] });
  });

  it('says of an empty folder that it holds no files', async () => {
    mkdirSync(opened());
    expect(await reportOf(service().open([opened()]))).toMatchObject({
      seen: 0,
      failures: [{ path: opened(), reason: 'No files were found in this folder.' }],
    });
  });

  it('ends its progress with everything read', async () => {
    put('CT 1');
    put('readme');
    const events: ImportEvent[] = [];
    for await (const event of service().open([opened()])) events.push(event);
    expect(events.at(-2)).toMatchObject({ kind: 'progress', progress: { phase: 'done', found: 2, read: 2 } });
    expect(events.at(-1)?.kind).toBe('report');
  });
});

describe('cancelling', () => {
  /** Gives the first batch, then nothing more. */
  function stuckAfterFirst(): ScanPool['scan'] {
    let isFirst = true;
    return (paths) => {
      if (!isFirst) return new Promise(() => undefined);
      isFirst = false;
      return Promise.resolve(paths.map(scanned));
    };
  }

  it('by leaving the iteration keeps what was read and says so in the report', async () => {
    put('a', 'CT 1');
    put('b', 'CT 2');
    const imports = service({ scan: stuckAfterFirst() });
    for await (const event of imports.open([opened()])) {
      if (event.kind === 'progress' && event.progress.added === 1) break;
    }
    expect(imports.reports()).toMatchObject([{ wasCancelled: true, added: 1 }]);
    expect(store.library.counts().instances).toBe(1);
  });

  it('by signal ends the iteration with the report', async () => {
    put('a', 'CT 1');
    put('b', 'CT 2');
    const stop = new AbortController();
    const events: ImportEvent[] = [];
    for await (const event of service({ scan: stuckAfterFirst() }).open([opened()], stop.signal)) {
      events.push(event);
      if (event.kind === 'progress' && event.progress.added === 1) stop.abort();
    }
    expect(events.slice(-2)).toMatchObject([
      { kind: 'progress', progress: { phase: 'cancelled' } },
      { kind: 'report', report: { wasCancelled: true, added: 1 } },
    ]);
  });

  it('happens when the services are closed', async () => {
    put('CT 1');
    const imports = service({ scan: () => new Promise(() => undefined) });
    const reading = reportOf(imports.open([opened()]));
    await imports.dispose();
    expect(await reading).toMatchObject({ wasCancelled: true, seen: 0 });
  });
});

it('ends with the failure when the library cannot take what was read', async () => {
  put('CT 1');
  put('b', 'CT 2');
  const full = new AppError('store/disk-full', 'The disk is full.');
  store.catalogue.add = () => {
    throw full;
  };
  await expect(reportOf(service().open([opened()]))).rejects.toBe(full);
});

it('generates the demo once and names its source', async () => {
  const folders: string[] = [];
  const imports = service({
    generateDemo: (folder) => {
      folders.push(folder);
      writeFileSync(join(folder, 'CT 1'), '');
    },
  });
  const reports = await Promise.all([imports.openDemo(), imports.openDemo()].map(reportOf));
  expect(reports.map(({ added, duplicates }) => added + duplicates)).toEqual([1, 1]);
  expect(store.library.counts().instances).toBe(1);
  expect(folders).toHaveLength(1);
  expect(store.library.studies()[0]?.source).toBe('Demo');
});
