import { describe, expect, it } from 'vitest';
import { ImportTally } from './importTally';

function problem(path: string) {
  return { path, code: 'file/malformed', reason: 'It is broken.' } as const;
}

describe('import tally', () => {
  it('accounts for every file once', () => {
    const tally = new ImportTally(0);
    tally.instance({ kind: 'added', studyId: 1 });
    tally.instance({ kind: 'duplicate', studyId: 2 });
    tally.directory();
    tally.notDicom('/a');
    tally.failedFile(problem('/b'), true);
    tally.failedFile(problem('/c'), false);
    tally.problem(problem('/folder'));
    expect(tally.totals()).toEqual({ seen: 6, dicom: 4, notDicom: 1, failed: 3, added: 1, duplicates: 1 });
    expect([...tally.studyIds]).toEqual([1, 2]);
  });

  it('tells rate and time left from the last three seconds', () => {
    const tally = new ImportTally(0);
    tally.found = 500;
    const readTo = (count: number, atMs: number) => {
      while (tally.totals().seen < count) tally.notDicom('/x');
      return tally.progress('reading', atMs);
    };
    readTo(0, 1000);
    readTo(100, 2000);
    readTo(200, 3000);
    readTo(300, 4000);
    // Since 1000 ms: 300 files in 3 s; 200 are left.
    expect(readTo(300, 4000)).toMatchObject({ read: 300, filesPerSecond: 100, secondsLeft: 2 });
  });

  it('estimates nothing while it still finds files or has read none', () => {
    const tally = new ImportTally(0);
    tally.found = 10;
    expect(tally.progress('walking', 0).secondsLeft).toBeNull();
    expect(tally.progress('reading', 1000).secondsLeft).toBeNull();
  });

  it('keeps the first thousand paths that are not DICOM', () => {
    const tally = new ImportTally(0);
    for (let index = 0; index < 1001; index += 1) tally.notDicom(String(index));
    expect([tally.notDicomPaths.length, tally.totals().notDicom]).toEqual([1000, 1001]);
  });
});
