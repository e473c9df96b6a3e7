/** A CT image of 4 × 4 pixels as a file, by our own writer. */
import { writePart10, type ElementList, type WriteOptions } from '../../src-shared/dataset/write';
import { ctElements } from './elements';

export interface SmallCt {
  readonly patientId: string;
  readonly patientName: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopUid: string;
  readonly instanceNumber: number;
  readonly zMm: number;
}

const ordinary: SmallCt = {
  patientId: 'T-1',
  patientName: 'Test^Tilda',
  studyUid: '2.25.10',
  seriesUid: '2.25.11',
  sopUid: '2.25.12',
  instanceNumber: 1,
  zMm: 0,
};

function smallCtElements(changes: Partial<SmallCt> = {}): ElementList {
  const ct = { ...ordinary, ...changes };
  return ctElements([
    { tag: 0x00080018, vr: 'UI', value: ct.sopUid },
    { tag: 0x00100010, vr: 'PN', value: ct.patientName },
    { tag: 0x00100020, vr: 'LO', value: ct.patientId },
    { tag: 0x0020000d, vr: 'UI', value: ct.studyUid },
    { tag: 0x0020000e, vr: 'UI', value: ct.seriesUid },
    { tag: 0x00200013, vr: 'IS', value: String(ct.instanceNumber) },
    { tag: 0x00200032, vr: 'DS', value: ['0', '0', String(ct.zMm)] },
  ]);
}

export function smallCt(changes: Partial<SmallCt> = {}, options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  return writePart10(smallCtElements(changes), options);
}
