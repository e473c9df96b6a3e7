/** What a path that somebody gave stands for: a folder, a DICOM medium, an archive, or files of a folder. */
import type { Stats } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { SourceKind, SurveySource } from '../../src-shared/contract';
import { sniffArchive } from './sniffArchive';
import { hasDirectoryAtTop, isDirectoryName } from './dicomMedia';
import { isDropFolder, isDropped } from './dropFolder';
import { readPrefix } from './readPrefix';
import type { ArchiveKind, Source } from './source';
import { volumeHolding, type ListVolumes, type Volume } from './volumes';

export interface Given {
  readonly source: Source;
  /** By itself, whatever the settings say. */
  readonly defaultPlacement: SurveySource['defaultPlacement'];
  /** Of the source's root, without links. */
  readonly realPath: string;
  /** With an archive. */
  readonly archive: ArchiveKind | null;
  /** With `files`: which of the folder's; `isSpecial`: a device, pipe or socket. */
  readonly file: { readonly path: string; readonly isSpecial: boolean } | null;
}

const ARCHIVE_SOURCES: Readonly<Record<ArchiveKind, SourceKind>> = { zip: 'zip', iso: 'iso', tar: 'tar', gzip: 'tar' };

/** @throws what the system throws when there is nothing at that path */
export async function lookAt(givenPath: string, listVolumes: ListVolumes): Promise<Given> {
  const path = resolve(givenPath);
  const [stats, realPath, volumes] = await Promise.all([
    stat(path),
    realpath(path),
    listVolumes().catch((): readonly Volume[] => []),
  ]);
  const volume = volumeHolding(realPath, volumes);
  if (stats.isDirectory()) return folderGiven(path, realPath, volume);
  if (stats.isFile() && isDirectoryName(basename(path))) return folderGiven(dirname(path), dirname(realPath), volume);
  const archive = stats.isFile() ? await archiveAt(path, stats) : null;
  if (archive) return archiveGiven({ path, realPath, archive }, volume);
  const folder = await folderGiven(dirname(path), dirname(realPath), volume);
  const source: Source = { ...folder.source, kind: 'files' };
  return { ...folder, source, file: { path, isSpecial: !stats.isFile() } };
}

export function surveySourceOf({ source, defaultPlacement }: Given): SurveySource {
  const { path, kind, label, isRemovable, canReference } = source;
  return { path, kind, label, isRemovable, defaultPlacement, canReference };
}

async function folderGiven(path: string, realPath: string, volume: Volume | null): Promise<Given> {
  const isMountPoint = volume !== null && volume.path === realPath;
  const goes = isDropped(realPath);
  const isMedium = (isMountPoint && isMedia(volume)) || (await hasDirectoryAtTop(path));
  const source: Source = {
    kind: isMedium ? 'dicom-media' : 'folder',
    label: isMountPoint ? volume.label : nameOf(path),
    ...{ path, pathInParent: '', parent: null },
    // What was dropped goes again, as a medium does, but has no place to go on reading from.
    isRemovable: isMedia(volume) || goes,
    canReference: !goes,
  };
  const stays = volume === null || volume.kind === 'fixed';
  return {
    ...{ source, realPath, archive: null, file: null },
    defaultPlacement: stays && !goes ? 'reference' : 'copy',
  };
}

function archiveGiven(
  { path, realPath, archive }: { path: string; realPath: string; archive: ArchiveKind },
  volume: Volume | null,
): Given {
  const source: Source = {
    kind: ARCHIVE_SOURCES[archive],
    ...{ label: nameOf(path), path, pathInParent: '', parent: null },
    isRemovable: isMedia(volume),
    canReference: false,
  };
  return { source, defaultPlacement: 'copy', realPath, archive, file: null };
}

function isMedia(volume: Volume | null): boolean {
  return volume !== null && (volume.kind === 'optical' || volume.kind === 'removable');
}

/** By content. `null` also for what cannot be read: the scan says why. */
async function archiveAt(path: string, { size }: Stats): Promise<ArchiveKind | null> {
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return null;
  try {
    const { prefix, readAt } = await readPrefix(handle);
    if (isPart10(prefix)) return null;
    return sniffArchive(prefix, size, readAt);
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

/** A preamble may hold anything, the signature of another format too. Source: PS3.10 7.1. */
function isPart10(prefix: Uint8Array): boolean {
  return Buffer.from(prefix.subarray(128, 132)).toString('latin1') === 'DICM';
}

/** The last part of a path; the path itself where it has none (`/`, `D:\`). */
function nameOf(path: string): string {
  if (isDropFolder(path)) return 'Dropped files';
  return basename(path) || path;
}
