/** What became of one file, in the words of the report. */
import type { FileOutcome, ImportLine } from '../../src-shared/contract';
import type { IntakeOutcome } from '../store';
import type { ScanResult } from '../workers/scanTask';

type Header = Extract<ScanResult, { kind: 'header' }>;
type Failed = Extract<ScanResult, { kind: 'failed' }>;
type Directory = Extract<ScanResult, { kind: 'directory' }>;
type Settled = Exclude<IntakeOutcome, { kind: 'unsettled' }>;

export function plainLine(path: string, outcome: FileOutcome): ImportLine {
  return { path, outcome, code: null, reason: '', detail: '' };
}

export function directoryLine(path: string, { reason }: Directory): ImportLine {
  return { ...plainLine(path, 'directory'), code: reason === '' ? null : 'file/malformed', reason };
}

export function rejectedLine(path: string, { code, reason }: Pick<Failed, 'code' | 'reason'>): ImportLine {
  return { ...plainLine(path, 'rejected'), code, reason };
}

export function instanceLine(path: string, result: Header, outcome: Settled): ImportLine {
  switch (outcome.kind) {
    case 'known':
      return plainLine(path, 'known');
    case 'aside':
      return {
        ...plainLine(path, 'aside'),
        code: 'file/duplicate-uid',
        reason: 'The library holds another content under the same SOP Instance UID: this file is kept aside.',
      };
    case 'added':
      return addedLine(path, outcome.collidesWith === undefined ? result : sharingUid(result));
  }
}

/** What is wrong with the picture comes first. */
function sharingUid(result: Header): Header {
  const reason = 'Another patient, study or series has an object of the same SOP Instance UID: both are kept.';
  return { ...result, warning: result.warning ?? { code: 'file/duplicate-uid', reason } };
}

function addedLine(path: string, { warning, wholeFrames }: Header): ImportLine {
  const isPartial = wholeFrames !== null || warning?.code === 'pixels/truncated';
  const line = plainLine(path, isPartial ? 'partial' : 'added');
  return { ...line, code: warning?.code ?? null, reason: warning?.reason ?? '', detail: wholeFrames ?? '' };
}
