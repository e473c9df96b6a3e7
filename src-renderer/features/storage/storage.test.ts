import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { StorageUsage, VerifyEvent, VerifyReport } from '../../../src-shared/contract';
import { createChecks, type CheckSource } from './checking';
import { checkWords } from './checkText';
import { GIGABYTE, quotaEffect } from './quota';
import { storageStore, type Check } from './storageStore';

const sound: VerifyReport = {
  checked: 1200,
  missing: 0,
  damaged: 0,
  restored: 0,
  adopted: 0,
  unreadable: 0,
  leftovers: 0,
  corrected: 0,
  seconds: 3,
  wasCancelled: false,
};

describe('a check in words', () => {
  it.each([
    ['sound', sound, /1,200 files were checked in 3.s: everything is sound/, [], false],
    [
      'repaired',
      { ...sound, adopted: 2, leftovers: 1 },
      /were checked/,
      [/2 copies without an entry were put back/, /1 unfinished file/],
      false,
    ],
    [
      'lost',
      { ...sound, missing: 1, damaged: 2 },
      /were checked/,
      [/1 file is gone/, /2 copies have other bytes/],
      true,
    ],
    ['cancelled', { ...sound, checked: 1, wasCancelled: true }, /Stopped after 1 file\./, [], false],
  ] as const)('%s', (_, report, headline, findings, isWorrying) => {
    expect(checkWords(report)).toEqual({
      headline: expect.stringMatching(headline) as string,
      findings: findings.map((finding) => expect.stringMatching(finding) as string),
      isWorrying,
    });
  });
});

describe('a limit for copies', () => {
  const usage = (copiedBytes: number, evictableBytes: number): StorageUsage => ({
    directory: '/library',
    copiedBytes,
    quotaBytes: null,
    freeBytes: 0,
    evictableBytes,
    trashBytes: 0,
    asideBytes: 0,
    bySource: [],
  });

  it('evicts what is too much, as far as it may', () => {
    expect([
      quotaEffect(usage(5 * GIGABYTE, 4 * GIGABYTE), 3),
      quotaEffect(usage(5 * GIGABYTE, GIGABYTE), 3),
      quotaEffect(usage(5 * GIGABYTE, 4 * GIGABYTE), 0),
      quotaEffect(usage(5 * GIGABYTE, 4 * GIGABYTE), 9),
    ]).toEqual([
      { evictedBytes: 2 * GIGABYTE, overBytes: 0 },
      { evictedBytes: GIGABYTE, overBytes: GIGABYTE },
      { evictedBytes: 0, overBytes: 0 },
      { evictedBytes: 0, overBytes: 0 },
    ]);
  });

  it('never evicts what must stay, and with what stays reaches the limit or says by how much not', () => {
    const bytes = fc.integer({ min: 0, max: 1e12 });
    fc.assert(
      fc.property(bytes, bytes, fc.integer({ min: 1, max: 2000 }), (copied, wished, quotaGb) => {
        const evictable = Math.min(copied, wished);
        const { evictedBytes, overBytes } = quotaEffect(usage(copied, evictable), quotaGb);
        expect(evictedBytes).toBeLessThanOrEqual(evictable);
        expect(copied - evictedBytes - overBytes).toBeLessThanOrEqual(quotaGb * GIGABYTE);
      }),
    );
  });
});

describe('checking', () => {
  beforeEach(() => storageStore.setState({ check: null }));
  const statuses = (): Check['status'][] => {
    const seen: Check['status'][] = [];
    storageStore.subscribe(({ check }) => check && seen.push(check.status));
    return seen;
  };
  async function* events(...given: readonly VerifyEvent[]): AsyncGenerator<VerifyEvent> {
    for (const event of given) yield await Promise.resolve(event);
  }
  const source = (verify: CheckSource['verify']): CheckSource => ({ verify, rebuild: () => verify(false, unheard) });
  const unheard = new AbortController().signal;

  it('runs, shows progress, and keeps the report', async () => {
    const seen = statuses();
    const checks = createChecks(
      source(() =>
        Promise.resolve(
          events({ kind: 'progress', progress: { checked: 1, total: 2 } }, { kind: 'report', report: sound }),
        ),
      ),
      () => undefined,
    );
    await checks.run('deep');
    expect([seen, storageStore.getState().check]).toEqual([
      ['running', 'running', 'done'],
      { status: 'done', kind: 'deep', report: sound },
    ]);
  });

  it('runs one at a time, and can be stopped', async () => {
    let started = 0;
    const checks = createChecks(
      source((_, signal) => {
        started += 1;
        return new Promise((__, reject) => {
          signal.addEventListener('abort', () => reject(new DOMException('left', 'AbortError')));
        });
      }),
      () => undefined,
    );
    const first = checks.run('quick');
    await checks.run('deep');
    checks.cancel();
    await first;
    expect([started, storageStore.getState().check]).toEqual([1, { status: 'left', kind: 'quick' }]);
  });

  it('says why it failed', async () => {
    const checks = createChecks(
      source(() => Promise.reject(new Error('The library takes no changes.'))),
      () => undefined,
    );
    await checks.run('quick');
    expect(storageStore.getState().check).toEqual({
      status: 'failed',
      kind: 'quick',
      reason: 'The library takes no changes.',
    });
  });
});
