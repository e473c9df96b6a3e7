/** What the DICOMDIRs of an import say, beside what was found of it. */
import type { ImportLine, MediaReconciliation } from '../../src-shared/contract';
import type { MediaEntry } from '../media/source';
import type { MediaReconciler } from '../media/reconcile';
import type { ScanResult } from '../workers/scanTask';
import type { Survey } from './survey';

export class MediaFindings {
  readonly #reconciler: MediaReconciler;
  readonly #survey: Survey;

  constructor(reconciler: MediaReconciler, survey: Survey) {
    this.#reconciler = reconciler;
    this.#survey = survey;
  }

  /** Each file once, when its content is first known. */
  meet({ name }: MediaEntry, result: ScanResult): void {
    switch (result.kind) {
      case 'header':
        return this.#reconciler.addFile(name, { kind: 'instance', sopInstanceUid: result.header.sopUid });
      case 'directory':
        this.#reconciler.addDirectory(name, result.directory, result.reason);
        if (result.directory) this.#survey.announce(result.directory.patients);
        return;
      case 'failed':
        return this.#reconciler.addFile(name, { kind: 'unreadable' });
      case 'not-dicom':
        return this.#reconciler.addFile(name, { kind: 'not-dicom' });
      case 'digest':
        return;
    }
  }

  reconciliations(): readonly MediaReconciliation[] {
    return this.#reconciler.reconciliations();
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
