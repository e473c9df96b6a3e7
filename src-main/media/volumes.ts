/**
 * Volumes of this machine: what is mounted where, and of what kind. Each system answers in its own way behind one small
 * function; here they are watched, and asked which of them a path lies on.
 */
import { readdir } from 'node:fs/promises';
import { sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { MediumEvent } from '../../src-shared/contract';
import { isDirectoryName } from './dicomMedia';
import { listLinuxVolumes } from './volumesLinux';
import { listMacVolumes } from './volumesMac';
import { listWindowsVolumes } from './volumesWindows';

/** `fixed`: disks that stay in the machine, and everything that is no disk at all. */
export type VolumeKind = 'optical' | 'removable' | 'network' | 'fixed';

export interface Volume {
  /** Mount point or drive, absolute, `D:\` on Windows. */
  readonly path: string;
  /** Tells a medium from the next one in the same drive, as far as the system does. */
  readonly device: string;
  /** As the user would name it. */
  readonly label: string;
  readonly kind: VolumeKind;
}

export type ListVolumes = () => Promise<readonly Volume[]>;

export interface WatchOptions {
  readonly list?: ListVolumes;
  readonly pollMs?: number;
}

/** Windows starts a program to answer, so it is asked less often. */
const POLL_MS = process.platform === 'win32' ? 5000 : 1000;

export const listVolumes: ListVolumes = async () => {
  switch (process.platform) {
    case 'linux':
      return listLinuxVolumes();
    case 'darwin':
      return listMacVolumes();
    case 'win32':
      return listWindowsVolumes();
    default:
      return [];
  }
};

/**
 * Media that are there first, then each that comes or goes, until `signal` aborts. Of a medium only the names in its top
 * folder are read. Where the system does not answer, nothing is said to have changed.
 */
export async function* watchVolumes(
  signal: AbortSignal,
  { list = listVolumes, pollMs = POLL_MS }: WatchOptions = {},
): AsyncGenerator<MediumEvent, void, undefined> {
  let known: ReadonlyMap<string, MediumEvent> = new Map();
  while (!signal.aborted) {
    const now = await list().then(mediaAmong, () => null);
    if (now) {
      for (const [key, medium] of known) if (!now.has(key)) yield { ...medium, kind: 'removed' };
      const next = new Map<string, MediumEvent>();
      for (const [key, volume] of now) {
        const before = known.get(key);
        const medium = before ?? (await mediumOf(volume));
        next.set(key, medium);
        if (!before) yield medium;
      }
      known = next;
    }
    await delay(pollMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/**
 * The volume a path lies on: the one whose mount point is the longest beginning of it, without links. Of two on the same
 * mount point the later one hides the earlier. `null` where none is known.
 */
export function volumeHolding(realPath: string, volumes: readonly Volume[]): Volume | null {
  let best: Volume | null = null;
  for (const volume of volumes) {
    if (isWithin(realPath, volume.path) && volume.path.length >= (best?.path.length ?? 0)) best = volume;
  }
  return best;
}

function mediaAmong(volumes: readonly Volume[]): ReadonlyMap<string, Volume> {
  const media = volumes.filter(({ kind }) => kind === 'optical' || kind === 'removable');
  return new Map(media.map((volume) => [[volume.path, volume.device, volume.label].join('\n'), volume]));
}

async function mediumOf({ path, label, kind }: Volume): Promise<MediumEvent> {
  const names = await readdir(path).catch((): string[] => []);
  const hasDirectory = names.some(isDirectoryName);
  return { kind: 'appeared', path, label, isOptical: kind === 'optical', hasDirectory };
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
