/** Mounted volumes of macOS, from `mount(8)`: the system offers them below `/Volumes`. */
import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { Volume, VolumeKind } from './volumes';

const run = promisify(execFile);
const TIMEOUT_MS = 5000;
const OPTICAL_TYPES = new Set(['cd9660', 'udf', 'cddafs']);
const NETWORK_TYPES = new Set(['smbfs', 'nfs', 'afpfs', 'webdav', 'ftp', 'macfuse', 'osxfuse']);

/** Lines like `/dev/disk4 on /Volumes/A disc (cd9660, local, read-only)`; others are passed over. */
export function parseMacMounts(text: string): Volume[] {
  return text.split('\n').flatMap((line) => {
    const [, device, path, details] = /^(.*?) on (\/.*) \(([^()]*)\)$/.exec(line) ?? [];
    if (device === undefined || path === undefined || details === undefined) return [];
    const words = details.split(', ');
    return [{ path, device, label: basename(path) || path, kind: kindOf(path, words) }];
  });
}

/** What lies below `/Volumes` was plugged in or opened as an image; hidden mounts are the system's own. */
function kindOf(path: string, [type = '', ...words]: readonly string[]): VolumeKind {
  if (OPTICAL_TYPES.has(type)) return 'optical';
  if (NETWORK_TYPES.has(type) || !words.includes('local')) return type === 'devfs' ? 'fixed' : 'network';
  return path.startsWith('/Volumes/') && !words.includes('nobrowse') ? 'removable' : 'fixed';
}

export async function listMacVolumes(): Promise<Volume[]> {
  const { stdout } = await run('/sbin/mount', [], { timeout: TIMEOUT_MS });
  return parseMacMounts(stdout);
}
