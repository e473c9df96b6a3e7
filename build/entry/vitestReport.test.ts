import { describe, expect, it } from 'vitest';
import { tally } from './vitestReport.mjs';

describe('tally of a vitest report', () => {
  it('counts tests, names what failed and what was skipped, and counts a file that broke before its first test', () => {
    const files = [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'a works' },
          { status: 'failed', fullName: 'a breaks' },
          { status: 'skipped', fullName: 'a needs data' },
        ],
      },
      { name: 'broken.test.ts', status: 'failed', assertionResults: [] },
      { name: 'b.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'b works' }] },
    ];
    expect(tally(files)).toEqual({ passed: 2, failed: ['a breaks', 'broken.test.ts'], skipped: ['a needs data'] });
  });
});
