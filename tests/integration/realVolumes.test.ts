/** Volumes as this machine's own kernel tells them: mounted for the test where that is allowed, and unmounted whatever happens. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { MediumEvent } from '../../src-shared/contract';
import { listVolumes, watchVolumes } from '../../src-main/media/volumes';
import { isoOf } from '../fixtures/isoImage';
import { skipUnless } from '../support/skip';

const base = mkdtempSync(join(tmpdir(), 'isocenter-mount-'));
const place = join(base, 'a disc');
mkdirSync(place);
afterAll(() => rmSync(base, { recursive: true, force: true }));

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const tries = (...args: readonly string[]): boolean => {
  if (!isRoot || spawnSync('mount', [...args, place], { stdio: 'ignore' }).status !== 0) return false;
  execFileSync('umount', [place]);
  return true;
};
const image = join(base, 'disc.iso');
writeFileSync(image, isoOf({ DICOMDIR: new Uint8Array(8) }, { label: 'TRIAL' }));

async function mounted<T>(args: readonly string[], work: () => Promise<T>): Promise<T> {
  execFileSync('mount', [...args, place]);
  try {
    return await work();
  } finally {
    execFileSync('umount', ['-l', place]);
  }
}

skipUnless(tries('-t', 'tmpfs', 'none'), 'nothing can be mounted here')('a mounted folder', () => {
  it('is there under its own name while it is mounted', async () => {
    const known = async () => (await listVolumes()).filter(({ path }) => path === place).map(({ kind }) => kind);
    expect([await mounted(['-t', 'tmpfs', 'none'], known), await known()]).toEqual([['fixed'], []]);
  });
});

skipUnless(tries('-o', 'loop,ro', image), 'no disc image can be mounted here')('a mounted disc image', () => {
  it('appears and goes', async () => {
    const over = new AbortController();
    const events: Pick<MediumEvent, 'kind' | 'isOptical' | 'hasDirectory'>[] = [];
    await mounted(['-o', 'loop,ro', image], async () => {
      for await (const { path, kind, isOptical, hasDirectory } of watchVolumes(over.signal, { pollMs: 10 })) {
        if (path !== place) continue;
        events.push({ kind, isOptical, hasDirectory });
        if (kind === 'appeared') execFileSync('umount', [place]);
        else over.abort();
        if (kind === 'removed') execFileSync('mount', ['-o', 'loop,ro', image, place]);
      }
    });
    expect(events).toEqual([
      { kind: 'appeared', isOptical: true, hasDirectory: true },
      { kind: 'removed', isOptical: true, hasDirectory: true },
    ]);
  });
});
