import { beforeEach, describe, expect, it } from 'vitest';
import type { ImportEvent, ImportReport } from '../../../src-shared/contract';
import { createImportQueue, type ImportOutcome, type ImportSource } from './importQueue';
import { doneShare } from './ImportStatus';
import { importStore, putReports, reportShown, showReport } from './importStore';
import { cleanPath } from './PathPanel';
import { reportText, splitPath } from './reportText';

const totals = { seen: 4, dicom: 2, notDicom: 1, failed: 1, added: 1, duplicates: 0 };

const report = (importId: number): ImportReport => ({
  ...totals,
  importId,
  paths: ['/media/cd'],
  startedAtMs: importId * 1000,
  seconds: 2,
  wasCancelled: false,
  failures: [{ path: '/media/cd/IM2', code: 'file/truncated', reason: 'The file ends in its header.' }],
  warnings: [{ path: '/media/cd/IM3', code: 'pixels/truncated', reason: 'The pixel data end early.' }],
  notDicomPaths: ['/media/cd/readme.txt'],
  studyIds: [1],
});

async function* events(...items: readonly ImportEvent[]): AsyncGenerator<ImportEvent> {
  for (const item of items) yield await Promise.resolve(item);
}

/** Gives one progress, then nothing until it is left. */
async function* endless(signal: AbortSignal): AsyncGenerator<ImportEvent> {
  yield {
    kind: 'progress',
    progress: { ...totals, phase: 'reading', found: 10, read: 4, filesPerSecond: 5, secondsLeft: 1 },
  };
  await new Promise((_, reject) => {
    const leave = () => reject(new DOMException('left', 'AbortError'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave);
  });
}

const source = (open: ImportSource['open']): ImportSource => ({
  open,
  openDemo: () => Promise.resolve(events({ kind: 'report', report: report(9) })),
});

beforeEach(() => importStore.setState({ running: null, waiting: [], reports: [], shownReport: null }));

describe('import queue', () => {
  it('runs one opening at a time and keeps the reports, newest first', async () => {
    const seen: string[] = [];
    const queue = createImportQueue(
      source((paths) => {
        seen.push(`${paths.join()} beside ${importStore.getState().waiting.length} waiting`);
        return Promise.resolve(events({ kind: 'report', report: report(seen.length) }));
      }),
      () => undefined,
    );
    await Promise.all([queue.add(['/a']), queue.add(['/b'])]);
    expect([
      seen,
      importStore.getState().reports.map(({ importId }) => importId),
      importStore.getState().running,
    ]).toEqual([['/a beside 1 waiting', '/b beside 0 waiting'], [2, 1], null]);
  });

  it('ends an opening that is cancelled, and goes on with the next', async () => {
    const ends: ImportOutcome['kind'][] = [];
    const queue = createImportQueue(
      source((_, signal) => Promise.resolve(endless(signal))),
      ({ kind }) => ends.push(kind),
    );
    const first = queue.add(['/a']);
    const second = queue.add('demo');
    const stop = importStore.subscribe(({ running }) => {
      if (running?.progress && !running.isCancelling) queue.cancel();
    });
    await Promise.all([first, second]);
    stop();
    expect(ends).toEqual(['cancelled', 'report']);
  });

  it('says what failed and does not stop the queue', async () => {
    const queue = createImportQueue(
      source(() => Promise.reject(new Error('The disk is gone.'))),
      () => undefined,
    );
    const [failed, after] = await Promise.all([queue.add(['/a']), queue.add('demo')]);
    expect([failed.kind, after.kind]).toEqual(['failed', 'report']);
  });
});

describe('report', () => {
  it('shows the latest or the one asked for', () => {
    putReports([report(1), report(3), report(2)]);
    showReport('latest');
    const latest = reportShown(importStore.getState())?.importId;
    showReport(2);
    expect([latest, reportShown(importStore.getState())?.importId]).toEqual([3, 2]);
  });

  it('copies every failure with its reason', () => {
    expect(reportText(report(1))).toContain('/media/cd/IM2\n    The file ends in its header. (file/truncated)');
  });
});

describe('splitPath', () => {
  it.each([
    ['/media/cd/a/IM1', ['/media/cd'], 'a/', 'IM1'],
    ['/media/cd/IM1', ['/media/cd'], '', 'IM1'],
    ['/media/cd2/IM1', ['/media/cd'], '/media/cd2/', 'IM1'],
    ['C:\\cd\\a\\IM1', ['C:\\cd'], 'a\\', 'IM1'],
    ['/media/IM1', ['/media/IM1'], '/media/', 'IM1'],
  ])('%s below %j', (path, roots, folder, file) => {
    expect(splitPath(path, roots)).toEqual({ folder, file });
  });
});

describe('progress', () => {
  const progress = { ...totals, found: 8, read: 2, filesPerSecond: 1, secondsLeft: null } as const;

  it('has a share only once all files are found', () => {
    expect([doneShare({ ...progress, phase: 'walking' }), doneShare({ ...progress, phase: 'reading' })]).toEqual([
      null,
      0.25,
    ]);
  });
});

describe('cleanPath', () => {
  it.each([
    ['  /media/cd ', '/media/cd'],
    ['"/media/my cd"', '/media/my cd'],
    ['file:///media/my%20cd', '/media/my cd'],
    ['file:///C:/studies', 'C:/studies'],
  ])('%s', (typed, path) => {
    expect(cleanPath(typed)).toBe(path);
  });
});
