/** The elements of a small CT image, for tests that change some of them: 4 × 4 pixels, 16 bits, signed. */
import type { Element, ElementList } from '../../src-shared/dataset/write';

/** UIDs `2.25.10` (study), `2.25.11` (series) and `2.25.12` (object); axial at the origin, 0.5 mm rows, 0.25 mm columns. */
const ct: ElementList = [
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
  { tag: 0x00080018, vr: 'UI', value: '2.25.12' },
  { tag: 0x00080060, vr: 'CS', value: 'CT' },
  { tag: 0x00100010, vr: 'PN', value: 'Yamada^Tarou=山田^太郎' },
  { tag: 0x00100020, vr: 'LO', value: 'T-1' },
  { tag: 0x0020000d, vr: 'UI', value: '2.25.10' },
  { tag: 0x0020000e, vr: 'UI', value: '2.25.11' },
  { tag: 0x00200013, vr: 'IS', value: '1' },
  { tag: 0x00200032, vr: 'DS', value: ['0', '0', '12.5'] },
  { tag: 0x00200037, vr: 'DS', value: ['1', '0', '0', '0', '1', '0'] },
  { tag: 0x00280002, vr: 'US', value: 1 },
  { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
  { tag: 0x00280010, vr: 'US', value: 4 },
  { tag: 0x00280011, vr: 'US', value: 4 },
  { tag: 0x00280030, vr: 'DS', value: ['0.5', '0.25'] },
  { tag: 0x00280100, vr: 'US', value: 16 },
  { tag: 0x00280101, vr: 'US', value: 16 },
  { tag: 0x00280102, vr: 'US', value: 15 },
  { tag: 0x00280103, vr: 'US', value: 1 },
  { tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(32) },
];

/** The small CT with some elements added or in the place of its own, and those of `without` left out; in order of tags. */
export function ctElements(changed: readonly Element[] = [], without: readonly number[] = []): ElementList {
  const gone = new Set([...changed.map(({ tag }) => tag), ...without]);
  return [...ct.filter(({ tag }) => !gone.has(tag)), ...changed].sort((a, b) => a.tag - b.tag);
}
