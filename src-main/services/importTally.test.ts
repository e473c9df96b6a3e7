import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineOutcome } from '../../src-shared/contract';
import { ImportTally } from './importTally';

const FILES = ['added', 'partial', 'known', 'aside', 'directory', 'not-dicom', 'rejected', 'not-chosen'] as const;
const ALL: readonly LineOutcome[] = [...FILES, 'unreachable', 'announced-missing'];

const moment = { isWalkOver: true, bytesTotal: null } as const;

describe('what an import has met', () => {
  it('counts each line once: what was seen is the sum of the rest, and lines that are no files are apart', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALL), { maxLength: 200 }), (outcomes) => {
        const tally = new ImportTally();
        for (const outcome of outcomes) tally.line({ outcome, reason: '' });
        const { seen, ...counts } = tally.totals();
        const count = (outcome: LineOutcome) => outcomes.filter((other) => other === outcome).length;
        expect(Object.values(counts)).toEqual(FILES.map(count));
        expect(seen + tally.unreachable + tally.announcedMissing).toBe(outcomes.length);
        expect(seen).toBe(Object.values(counts).reduce((sum, value) => sum + value, 0));
      }),
    );
  });

  it('calls an instance that is in the library with a reason a warning', () => {
    const tally = new ImportTally();
    tally.line({ outcome: 'added', reason: '' });
    tally.line({ outcome: 'added', reason: 'The transfer syntax is not known.' });
    tally.line({ outcome: 'rejected', reason: 'It ends early.' });
    expect(tally.warnings).toBe(1);
  });
});

describe('rate and time left', () => {
  it('come from the last three seconds', () => {
    const tally = new ImportTally();
    tally.found = 500;
    const readTo = (count: number, nowMs: number) => {
      while (tally.totals().seen < count) tally.line({ outcome: 'not-dicom', reason: '' });
      return tally.progress({ ...moment, phase: 'taking', nowMs });
    };
    readTo(0, 0);
    readTo(0, 1000);
    readTo(100, 2000);
    readTo(200, 3000);
    // Since 1000 ms: 300 files in 3 s; 200 are left.
    expect(readTo(300, 4000)).toMatchObject({ seen: 300, filesPerSecond: 100, secondsLeft: 2 });
  });

  it('go by bytes where their sum is known', () => {
    const tally = new ImportTally();
    tally.found = 2;
    const at = (bytesDone: number, nowMs: number) => {
      tally.bytesDone = bytesDone;
      return tally.progress({ ...moment, phase: 'taking', nowMs, bytesTotal: 5000 });
    };
    at(0, 0);
    // 1000 bytes a second; 4000 are left.
    expect(at(1000, 1000)).toMatchObject({ secondsLeft: 4, bytesTotal: 5000 });
  });

  it('are not guessed while files are still being found, before any was read, and while a choice is awaited', () => {
    const tally = new ImportTally();
    tally.found = 10;
    const left = (phase: 'surveying' | 'taking' | 'choosing', isWalkOver: boolean) =>
      tally.progress({ phase, nowMs: 1000, isWalkOver, bytesTotal: null }).secondsLeft;
    expect([left('surveying', false), left('taking', true), left('choosing', true)]).toEqual([null, null, null]);
  });

  it('are measured anew when the phase changes', () => {
    const tally = new ImportTally();
    tally.progress({ ...moment, phase: 'surveying', nowMs: 0 });
    tally.surveyed = 100;
    expect(tally.progress({ ...moment, phase: 'surveying', nowMs: 1000 }).filesPerSecond).toBe(100);
    expect(tally.progress({ ...moment, phase: 'taking', nowMs: 2000 }).filesPerSecond).toBe(0);
  });
});
