/** Instances that are listed but will not show as they should: worth a line in the import report. */
import type { AppErrorCode } from '../../src-shared/base/appError';
import type { InstanceRecord } from '../../src-shared/dicom/records';
import { transferSyntaxOf } from '../../src-shared/dicom/transferSyntax';

export interface HeaderWarning {
  readonly code: AppErrorCode;
  readonly reason: string;
}

/** Issue codes of the reader that touch the picture itself, or what the object is known by. */
const REPORTED_ISSUES = new Map<string, AppErrorCode>([
  ['pixels-truncated', 'pixels/truncated'],
  ['pixels-undescribed', 'pixels/unsupported-format'],
  ['uid-missing', 'file/malformed'],
]);

/** Its pixel data are fragments, whose end the header does not tell. */
export function isCompressed({ pixels, transferSyntaxUid }: InstanceRecord): boolean {
  return pixels !== null && transferSyntaxOf(transferSyntaxUid).isEncapsulated;
}

export const cutFragmentsWarning: HeaderWarning = {
  code: 'pixels/truncated',
  reason: 'The compressed pixel data end early.',
};

export function headerWarning({ issues, pixels, transferSyntaxUid }: InstanceRecord): HeaderWarning | null {
  for (const { code, message } of issues) {
    const reportedCode = REPORTED_ISSUES.get(code);
    if (reportedCode) return { code: reportedCode, reason: message };
  }
  if (pixels === null || transferSyntaxOf(transferSyntaxUid).codec !== 'unknown') return null;
  const reason = `The transfer syntax ${transferSyntaxUid} is not known: the image is listed but cannot be shown.`;
  return { code: 'pixels/unsupported-transfer-syntax', reason };
}
