import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MediumEvent } from '../../src-shared/contract';
import { volumeHolding, watchVolumes, type Volume, type VolumeKind } from './volumes';
import { parseMountInfo, volumeKindOf, type BlockDevice } from './volumesLinux';
import { parseMacMounts } from './volumesMac';
import { parseWindowsDrives } from './volumesWindows';

/** Recorded on real systems, shortened. */
const LINUX = String.raw`25 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro
26 25 8:1 / /boot/efi rw,relatime shared:30 - vfat /dev/sda1 rw,fmask=0077
29 25 0:5 / /dev rw,nosuid shared:2 - devtmpfs udev rw,size=8047252k
98 25 7:3 / /snap/core22/1122 ro,nodev,relatime shared:52 - squashfs /dev/loop3 ro,errors=continue
301 25 11:0 / /media/anna/MUSTER\040MAX\134X ro,nosuid,nodev,relatime shared:210 - iso9660 /dev/sr0 ro,nojoliet
305 25 8:17 / /media/anna/ST\303\234CK rw,nosuid,nodev shared:215 - exfat /dev/sdb1 rw
306 25 8:33 / /run/media/anna/BIG rw,nosuid - ntfs3 /dev/sdc1 rw
307 25 8:49 / /srv/archive rw - ext4 /dev/sdd1 rw
310 25 0:61 / /mnt/pacs rw,relatime shared:300 - cifs //pacs/export rw,vers=3.0
311 25 0:62 / /net/nas rw,relatime - nfs4 nas:/studies rw
312 25 0:63 / /mnt/remote rw,nosuid - fuse.sshfs anna@host:/data rw
a line that means nothing`;

const sticks: Readonly<Record<string, BlockDevice>> = {
  '8:17': { isRemovable: true, isUsb: true },
  '8:33': { isRemovable: false, isUsb: true },
  '8:49': { isRemovable: false, isUsb: true },
  '11:0': { isRemovable: true, isUsb: false },
};
const inside: BlockDevice = { isRemovable: false, isUsb: false };

describe('volumes of Linux', () => {
  it('are known by what the kernel says', () => {
    const kinds = parseMountInfo(LINUX).map((mount) => [
      mount.path,
      volumeKindOf(mount, sticks[mount.device] ?? inside),
    ]);
    expect(kinds).toEqual([
      ['/', 'fixed'],
      ['/boot/efi', 'fixed'],
      ['/dev', 'fixed'],
      ['/snap/core22/1122', 'fixed'],
      ['/media/anna/MUSTER MAX\\X', 'optical'],
      ['/media/anna/STÜCK', 'removable'],
      ['/run/media/anna/BIG', 'removable'],
      ['/srv/archive', 'fixed'],
      ['/mnt/pacs', 'network'],
      ['/net/nas', 'network'],
      ['/mnt/remote', 'network'],
    ]);
  });

  it('are not the system itself, when that was started from a stick or a disc', () => {
    const live: BlockDevice = { isRemovable: true, isUsb: true };
    const mounts = parseMountInfo('1 0 8:1 / / rw - vfat /dev/sda1 rw\n2 1 11:0 / /usr rw - iso9660 /dev/sr0 ro');
    expect(mounts.map((mount) => volumeKindOf(mount, live))).toEqual(['fixed', 'fixed']);
  });
});

describe('volumes of macOS', () => {
  it('are known by what mount says', () => {
    const text = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
/dev/disk4 on /Volumes/MUSTER (on disc) (cd9660, local, nodev, nosuid, read-only, noowners)
/dev/disk5s1 on /Volumes/Stick (msdos, local, nodev, nosuid, noowners)
//anna@nas/studies on /Volumes/studies (smbfs, nodev, nosuid, mounted by anna)
nonsense`;
    expect(parseMacMounts(text).map(({ path, label, kind }) => [path, label, kind])).toEqual([
      ['/', '/', 'fixed'],
      ['/dev', 'dev', 'fixed'],
      ['/System/Volumes/Data', 'Data', 'fixed'],
      ['/System/Volumes/Data/home', 'home', 'network'],
      ['/Volumes/MUSTER (on disc)', 'MUSTER (on disc)', 'optical'],
      ['/Volumes/Stick', 'Stick', 'removable'],
      ['/Volumes/studies', 'studies', 'network'],
    ]);
  });
});

describe('drives of Windows', () => {
  it('are known by what the system answers; one without a medium is none', () => {
    const text = JSON.stringify([
      { DeviceID: 'C:', DriveType: 3, FileSystem: 'NTFS', VolumeName: 'Windows', VolumeSerialNumber: 'A1' },
      { DeviceID: 'D:', DriveType: 5, FileSystem: 'CDFS', VolumeName: 'MÜLLER', VolumeSerialNumber: 'B2' },
      { DeviceID: 'E:', DriveType: 5, FileSystem: null, VolumeName: null, VolumeSerialNumber: null },
      { DeviceID: 'F:', DriveType: 2, FileSystem: 'FAT32', VolumeName: '', VolumeSerialNumber: 'C3' },
      { DeviceID: 'Z:', DriveType: 4, FileSystem: null, VolumeName: null, VolumeSerialNumber: null },
    ]);
    expect(parseWindowsDrives(text)).toEqual([
      { path: 'C:\\', device: 'A1', label: 'Windows', kind: 'fixed' },
      { path: 'D:\\', device: 'B2', label: 'MÜLLER', kind: 'optical' },
      { path: 'F:\\', device: 'C3', label: 'F:', kind: 'removable' },
      { path: 'Z:\\', device: '', label: 'Z:', kind: 'network' },
    ]);
  });

  it('are read when there is only one, or none', () => {
    const one = '\uFEFF{"DeviceID":"C:","DriveType":3,"FileSystem":"NTFS","VolumeName":"","VolumeSerialNumber":"A"}';
    expect([parseWindowsDrives(one).length, parseWindowsDrives('')]).toEqual([1, []]);
  });
});

const volume = (path: string, kind: VolumeKind = 'fixed', device = ''): Volume => ({ path, device, label: path, kind });

describe('the volume that holds a path', () => {
  const volumes = ['/', '/media/CD', '/media/CD2', '/media/CD/inner'].map((path) => volume(path));

  it.each([
    ['/media/CD', '/media/CD'],
    ['/media/CD/DICOM/IM1', '/media/CD'],
    ['/media/CD/inner/x', '/media/CD/inner'],
    ['/media/CD22', '/'],
    ['/', '/'],
  ])('%s', (path, expected) => {
    expect(volumeHolding(path, volumes)?.path).toBe(expected);
  });

  it('is the one mounted last where two share a place, and none where none is known', () => {
    const two = [volume('/mnt', 'fixed'), volume('/mnt', 'optical')];
    expect([volumeHolding('/mnt/x', two)?.kind, volumeHolding('/x', [])]).toEqual(['optical', null]);
  });
});

describe('watching volumes', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'isocenter-volume-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Events until the answers are used up; an answer is what the system says next. */
  async function eventsOf(answers: readonly (readonly Volume[] | Error)[]): Promise<MediumEvent[]> {
    const over = new AbortController();
    const left = [...answers];
    const events: MediumEvent[] = [];
    const list = (): Promise<readonly Volume[]> => {
      const answer = left.shift();
      if (left.length === 0) over.abort();
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ?? []);
    };
    for await (const event of watchVolumes(over.signal, { list, pollMs: 0 })) events.push(event);
    return events;
  }

  const told = async (answers: Parameters<typeof eventsOf>[0]) =>
    (await eventsOf(answers)).map(({ kind, label }) => `${kind} ${label}`);

  it('says what is there, what comes and what goes', async () => {
    const [stick, disc] = [volume('/a', 'removable'), volume('/b', 'optical')];
    expect(await told([[volume('/'), stick], [stick], [stick, disc], [disc], []])).toEqual([
      'appeared /a',
      'appeared /b',
      'removed /a',
      'removed /b',
    ]);
  });

  it('tells one disc from the next in the same drive', async () => {
    expect(await told([[volume('/a', 'optical', '1')], [volume('/a', 'optical', '2')], []])).toEqual([
      'appeared /a',
      'removed /a',
      'appeared /a',
      'removed /a',
    ]);
  });

  it('says nothing of disks that stay, network folders, and questions without an answer', async () => {
    const stick = volume('/a', 'removable');
    const answers = [[stick, volume('/b'), volume('/c', 'network')], new Error('busy'), [stick], [stick]];
    expect(await told(answers)).toEqual(['appeared /a']);
  });

  it('looks for a DICOMDIR at the top', async () => {
    const plain = await eventsOf([[volume(folder, 'optical')], []]);
    writeFileSync(join(folder, 'dicomdir.;1'), '');
    const medium = await eventsOf([[volume(folder, 'optical')], []]);
    expect([plain, medium].map(([event]) => event)).toEqual([
      { kind: 'appeared', path: folder, label: folder, isOptical: true, hasDirectory: false },
      { kind: 'appeared', path: folder, label: folder, isOptical: true, hasDirectory: true },
    ]);
  });
});
