/** The letters of an image as it is stored. */
import type { InstanceRecord } from '../../../../src-shared/dicom/records';
import type { EdgeLetters } from './edges';

export function storedEdges(_record: InstanceRecord): EdgeLetters | null {
  return null;
}
