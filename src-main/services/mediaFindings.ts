/** What the DICOMDIRs of an import say, beside what was found of it. */
import type { ImportLine, MediaReconciliation } from '../../src-shared/contract';
import type { MediaDirectory } from '../../src-shared/dicom/mediaDirectory';
import type { MediaEntry } from '../media/source';
import type { ScanResult } from '../workers/scanTask';
import type { Survey } from './survey';

export type FileFate =
  { readonly kind: 'instance'; readonly sopInstanceUid: string } | { readonly kind: 'unreadable' | 'not-dicom' };

/** Compares what DICOMDIRs announce with what became of the files. Names are those of `MediaEntry`. */
export interface Reconciler {
  addFile(name: string, fate: FileFate): void;
  /** `null` with the reason where it cannot be read. */
  addDirectory(name: string, directory: MediaDirectory | null, reason: string): void;
  reconciliations(): readonly MediaReconciliation[];
  missing(): readonly { readonly path: string; readonly reason: string }[];
}

export class MediaFindings {
  readonly #reconciler: Reconciler;
  readonly #survey: Survey;

  constructor(reconciler: Reconciler, survey: Survey) {
    this.#reconciler = reconciler;
    this.#survey = survey;
  }

  /** Each file once, when its content is first known. */
  meet({ name }: MediaEntry, result: ScanResult): void {
    switch (result.kind) {
      case 'header':
        this.#reconciler.addFile(name, { kind: 'instance', sopInstanceUid: result.header.sopUid });
        return;
      case 'directory':
        this.#reconciler.addDirectory(name, result.directory, result.reason);
        if (result.directory) this.#survey.announce(result.directory.patients);
        return;
      case 'failed':
        this.#reconciler.addFile(name, { kind: 'unreadable' });
        return;
      case 'not-dicom':
        this.#reconciler.addFile(name, { kind: 'not-dicom' });
        return;
      case 'digest':
        return;
    }
  }

  /** By path: in which order they were read is chance. */
  reconciliations(): readonly MediaReconciliation[] {
    return this.#reconciler.reconciliations().toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** Files that a DICOMDIR announces in vain. */
  missingLines(): readonly ImportLine[] {
    return this.#reconciler.missing().map(({ path, reason }) => ({
      path,
      outcome: 'announced-missing',
      code: 'media/announced-missing',
      reason,
      detail: '',
    }));
  }
}
