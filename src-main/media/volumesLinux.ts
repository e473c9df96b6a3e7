/** Mounted volumes of Linux, from what the kernel says of itself. Source: proc_pid_mountinfo(5); sysfs of block devices. */
import { readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Volume, VolumeKind } from './volumes';

export interface Mount {
  /** `major:minor`. */
  readonly device: string;
  readonly path: string;
  readonly type: string;
  /** What was mounted: `/dev/sr0`, `//server/share`. */
  readonly from: string;
}

/** What the system says of a block device. */
export interface BlockDevice {
  readonly isRemovable: boolean;
  /** Reached over USB, where hard disks do not call themselves removable. */
  readonly isUsb: boolean;
}

const OPTICAL_TYPES = new Set(['iso9660', 'udf']);
const NETWORK_TYPES =
  /^(nfs4?|cifs|smb3?|smbfs|ncpfs|afs|9p|ceph|glusterfs|davfs|fuse\.(sshfs|davfs2?|rclone|gvfsd-fuse|glusterfs|s3fs))$/;
/** Where desktops mount what people plug in, and people mount by hand. */
const MEDIA_FOLDERS = /^\/(media|run\/media|mnt)(\/|$)/;
/** What a plugged-in disk may carry of the system itself. */
const SYSTEM_FOLDERS = /^\/($|(boot|usr|var|etc|home|opt|srv|snap|nix|efi)(\/|$))/;
const PLUGGED_TYPES = new Set([
  'vfat',
  'msdos',
  'exfat',
  'ntfs',
  'ntfs3',
  'fuseblk',
  'hfsplus',
  'ext2',
  'ext3',
  'ext4',
  'xfs',
  'btrfs',
]);

/** Lines that are not understood are passed over. */
export function parseMountInfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const [, , device, , path] = before?.split(' ') ?? [];
    const [type, from] = after?.split(' ') ?? [];
    if (device === undefined || path === undefined || type === undefined || from === undefined) return [];
    return [{ device, path: unescapeOctal(path), type, from: unescapeOctal(from) }];
  });
}

export function volumeKindOf({ path, type }: Mount, device: BlockDevice): VolumeKind {
  if (OPTICAL_TYPES.has(type)) return SYSTEM_FOLDERS.test(path) ? 'fixed' : 'optical';
  if (NETWORK_TYPES.test(type)) return 'network';
  if (!PLUGGED_TYPES.has(type) || SYSTEM_FOLDERS.test(path)) return 'fixed';
  return device.isRemovable || (device.isUsb && MEDIA_FOLDERS.test(path)) ? 'removable' : 'fixed';
}

let last: { readonly text: string; readonly volumes: Promise<readonly Volume[]> } | null = null;

/** Asked every second: while nothing is mounted or unmounted, one file is read and no disk is asked. */
export async function listLinuxVolumes(): Promise<readonly Volume[]> {
  const text = await readFile('/proc/self/mountinfo', 'utf8');
  if (last?.text !== text) last = { text, volumes: volumesOf(parseMountInfo(text)) };
  return last.volumes;
}

async function volumesOf(mounts: readonly Mount[]): Promise<readonly Volume[]> {
  const labels = mounts.some(({ type }) => isOnDisk(type)) ? await readLabels() : new Map<string, string>();
  return Promise.all(
    mounts.map(async (mount) => ({
      path: mount.path,
      device: `${mount.device} ${mount.from}`,
      label: labels.get(basename(mount.from)) ?? (basename(mount.path) || mount.path),
      kind: volumeKindOf(mount, isOnDisk(mount.type) ? await blockDevice(mount.device) : NO_DEVICE),
    })),
  );
}

const NO_DEVICE: BlockDevice = { isRemovable: false, isUsb: false };

function isOnDisk(type: string): boolean {
  return OPTICAL_TYPES.has(type) || PLUGGED_TYPES.has(type);
}

/** A partition's disk is the folder above its own. */
async function blockDevice(device: string): Promise<BlockDevice> {
  const folder = await realpath(`/sys/dev/block/${device}`).catch(() => null);
  if (folder === null) return NO_DEVICE;
  const texts = await Promise.all(
    [`${folder}/removable`, `${folder}/../removable`].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  return { isRemovable: texts.some((text) => text.trim() === '1'), isUsb: /\/usb\d+\//.test(folder) };
}

/** Volume labels by device name, as udev writes them. */
async function readLabels(): Promise<ReadonlyMap<string, string>> {
  const folder = '/dev/disk/by-label';
  const names = await readdir(folder).catch((): string[] => []);
  const pairs = await Promise.all(
    names.map(async (name) => {
      const target = await readlink(`${folder}/${name}`).catch(() => '');
      return [basename(target), unescapeHex(name)] as const;
    }),
  );
  return new Map(pairs);
}

/** `\040` stands for a space; each is one byte of UTF-8. */
function unescapeOctal(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes = Buffer.from(text);
  const plain: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const code = bytes[at] === 0x5c ? /^[0-3][0-7]{2}/.exec(bytes.toString('latin1', at + 1, at + 4)) : null;
    plain.push(code ? parseInt(code[0], 8) : (bytes[at] ?? 0));
    if (code) at += 3;
  }
  return Buffer.from(plain).toString('utf8');
}

/** `\x20` in the names of udev's links; each is one byte of UTF-8. */
function unescapeHex(name: string): string {
  const plain = Buffer.from(name).toString('latin1');
  const bytes = plain.replace(/\\x([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
