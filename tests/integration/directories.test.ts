/** Real DICOMDIRs, sound and damaged, announce what independent tools count in them. */
import { describe, expect, it } from 'vitest';
import { readDirectory } from '../../src-shared/dataset/directory';
import type { MediaDirectory } from '../../src-shared/dicom/mediaDirectory';
import { hasSharedData, readShared, sharedTable, withSharedData } from '../support/sharedData';

const read = (path: string): MediaDirectory => readDirectory(readShared(path));

/** Instances below each series of each study of each patient. */
const shapeOf = ({ patients }: MediaDirectory): number[][][] =>
  patients.map(({ studies }) => studies.map(({ series }) => series.map(({ instances }) => instances.length)));

describe.skipIf(!hasSharedData)(`every real DICOMDIR${withSharedData}`, () => {
  it('announces what it is known to announce', () => {
    const rows = sharedTable('MEDIA_TRUTH.csv');
    const announced = rows.map(({ dicomdir = '' }) => {
      const { recordCounts, references } = read(dicomdir);
      return [dicomdir, Object.fromEntries(recordCounts), references.length];
    });
    expect(rows.length).toBeGreaterThan(8);
    expect(announced).toEqual(
      rows.map(({ dicomdir, records = '{}', referenced }) => [
        dicomdir,
        JSON.parse(records) as unknown,
        Number(referenced),
      ]),
    );
  });

  it('has one tree however its records are written and arranged', () => {
    const shape = shapeOf(read('media/pydicom_dicomdirtests/DICOMDIR'));
    expect(shape.flat(2).reduce((sum, count) => sum + count, 0)).toBe(31);
    for (const variant of ['-bigEnd', '-implicit', '-nooffset', '-nopatient', '-reordered'])
      expect(shapeOf(read(`media/pydicom_dicomdirtests/DICOMDIR${variant}`)), variant).toEqual(shape);
  });

  it('names its patients as their own files do', () => {
    const names = read('media/pydicom_dicomdirtests/DICOMDIR').patients.map(({ patient }) => patient.name.alphabetic);
    const own = sharedTable('TRUTH.csv')
      .filter(({ path = '' }) => path.startsWith('media/pydicom_dicomdirtests/'))
      .map((row) => row['patient_name_utf8'])
      .filter((name) => name !== '');
    expect(new Set(own)).toEqual(new Set(names));
  });
});
