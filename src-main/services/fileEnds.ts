/** Where a file's way through an import ends: with its line, and without what was only unpacked for it. */
import { rm } from 'node:fs/promises';
import type { ImportLine } from '../../src-shared/contract';
import type { ArchiveKind, MediaEntry } from '../media/source';
import type { ScanResult } from '../workers/scanTask';
import { directoryLine, plainLine, rejectedLine } from './fileLine';
import type { ImportLines } from './importLines';
import type { ImportSources } from './importSources';

export interface FileEndsNeeds {
  readonly lines: ImportLines;
  readonly sources: ImportSources;
  /** Each file once, when its content is first known. */
  onMet(entry: MediaEntry, result: ScanResult): void;
  /** An archive by content: gives whether it is opened, and is then no file. */
  onArchive(entry: MediaEntry, kind: ArchiveKind): boolean;
}

export class FileEnds {
  readonly #needs: FileEndsNeeds;

  constructor(needs: FileEndsNeeds) {
    this.#needs = needs;
  }

  meet(entry: MediaEntry, result: ScanResult): void {
    this.#needs.onMet(entry, result);
  }

  end(entry: MediaEntry, line: ImportLine): void {
    this.#needs.lines.add(line);
    const { path, offset, sizeBytes } = entry.slice;
    const isUnpacked = offset === 0 && sizeBytes === null && !this.#needs.sources.isPlainFile(entry);
    if (isUnpacked) rm(path, { force: true }).catch(() => undefined);
  }

  /** What is no instance. */
  endOther(entry: MediaEntry, result: Exclude<ScanResult, { kind: 'header' }>): void {
    const { name } = entry;
    if (result.kind === 'directory') this.end(entry, directoryLine(name, result));
    else if (result.kind === 'failed') this.end(entry, rejectedLine(name, result));
    else if (result.kind === 'not-dicom') {
      const isOpened = result.archive !== null && this.#needs.onArchive(entry, result.archive);
      if (!isOpened) this.end(entry, plainLine(name, 'not-dicom'));
    }
  }
}
