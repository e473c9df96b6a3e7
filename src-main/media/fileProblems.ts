/** What the file system answers, in words for a person. The caller names the file or folder. */
import type { AppErrorCode } from '../../src-shared/base/appError';

export interface Problem {
  readonly path: string;
  readonly code: AppErrorCode;
  readonly reason: string;
}

export function fileProblem(path: string, thrown: unknown): Problem {
  return systemCode(thrown) === 'ENOENT'
    ? { path, code: 'file/not-found', reason: 'The file is not there (any more).' }
    : { path, code: 'file/unreadable', reason: `The file cannot be read: ${cause(thrown)}.` };
}

export function folderProblem(path: string, thrown: unknown): Problem {
  return systemCode(thrown) === 'ENOENT'
    ? { path, code: 'file/not-found', reason: 'There is no such file or folder.' }
    : { path, code: 'folder/unreadable', reason: `The folder cannot be read: ${cause(thrown)}.` };
}

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'permission was denied',
  EPERM: 'permission was denied',
  ENOTDIR: 'part of the path is a file, not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its path is too long',
  EIO: 'the disk or medium gave an error',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ENODEV: 'the medium was removed',
  ENXIO: 'the medium was removed',
  ESTALE: 'the network folder went away',
};

function cause(thrown: unknown): string {
  const code = systemCode(thrown);
  return CAUSES[code] ?? (code === '' ? 'unknown cause' : `the system says ${code}`);
}

/** The system's own code (`EIO` …); `''` when it was none. */
export function systemCode(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
  return typeof code === 'string' ? code : '';
}
