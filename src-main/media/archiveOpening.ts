/** What the handlers of archives are given, and what they find. */
import { AppError } from '../../src-shared/base/appError';
import type { ArchiveNames } from './archiveNames';
import { systemCode, type Problem } from './fileProblems';
import type { FileSlice, OpenContext } from './source';
import type { UnpackBudget } from './unpacking';

/** What a handler of one kind finds. */
export type ArchiveItem =
  | { readonly kind: 'entry'; readonly name: string; readonly isUnsafe: boolean; readonly slice: FileSlice }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface ArchiveOpening {
  readonly slice: FileSlice;
  /** Bytes of the slice. */
  readonly sizeBytes: number;
  /** As the user knows it; for questions. */
  readonly label: string;
  /** Path of the archive itself, for problems of the whole. */
  readonly pathInSource: string;
  readonly names: ArchiveNames;
  readonly budget: UnpackBudget;
  readonly context: OpenContext;
}

export type ArchiveHandler = (opening: ArchiveOpening) => AsyncGenerator<ArchiveItem>;

/** What was thrown while an archive was read, in words. */
export function archiveProblem(path: string, thrown: unknown): Problem {
  if (thrown instanceof AppError) return { path, code: thrown.code, reason: thrown.message };
  const code = systemCode(thrown);
  const cause = code === '' ? 'its content is damaged' : `the system says ${code}`;
  return { path, code: 'archive/unreadable', reason: `The archive cannot be read to its end: ${cause}.` };
}
