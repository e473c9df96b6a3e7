/** Drives of Windows, from one fixed question to the system's own management interface. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Volume, VolumeKind } from './volumes';

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;
const QUESTION =
  '[Console]::OutputEncoding=[Text.Encoding]::UTF8;' +
  'Get-CimInstance Win32_LogicalDisk|Select-Object DeviceID,DriveType,FileSystem,VolumeName,VolumeSerialNumber|ConvertTo-Json -Compress';

/** Source: Win32_LogicalDisk, DriveType. */
const KINDS: Readonly<Record<number, VolumeKind>> = { 2: 'removable', 3: 'fixed', 4: 'network', 5: 'optical' };

/** One drive is an object and no list. A drive without a medium has no file system. */
export function parseWindowsDrives(text: string): Volume[] {
  const answer: unknown = JSON.parse(text === '' ? '[]' : text.replace(/^\uFEFF/, ''));
  return (Array.isArray(answer) ? answer : [answer]).flatMap((drive: unknown) => {
    const word = wordsOf(drive);
    const letter = word('DeviceID');
    const kind = KINDS[Number(word('DriveType'))] ?? 'fixed';
    if (!/^[A-Z]:$/i.test(letter)) return [];
    if (word('FileSystem') === '' && kind !== 'network') return [];
    return [{ path: `${letter}\\`, device: word('VolumeSerialNumber'), label: word('VolumeName') || letter, kind }];
  });
}

function wordsOf(value: unknown): (key: string) => string {
  return (key) => {
    const word: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : null;
    return typeof word === 'string' || typeof word === 'number' ? String(word) : '';
  };
}

export async function listWindowsVolumes(): Promise<Volume[]> {
  const windows = process.env.SystemRoot ?? 'C:\\Windows';
  const shell = join(windows, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  const { stdout } = await run(shell, ['-NoProfile', '-NonInteractive', '-Command', QUESTION], {
    ...{ timeout: TIMEOUT_MS, windowsHide: true },
  });
  return parseWindowsDrives(stdout.trim());
}
