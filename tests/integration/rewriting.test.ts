/**
 * Real files with new values: other tools read them, find the new values and the old ones, and nothing else changed. Names that need
 * another character set than the file's are part of it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInstance } from '../../src-shared/dataset/instance';
import { rewriteValues } from '../../src-shared/dataset/rewrite';
import { hasProgram } from '../support/programs';
import { hasSharedData, readShared, withSharedData } from '../support/sharedData';
import { skipUnless } from '../support/skip';

const files = [
  'charset/chrArab.dcm',
  'charset/chrFren.dcm',
  'charset/chrGreek.dcm',
  'charset/chrH31.dcm',
  'charset/chrH32.dcm',
  'charset/chrHbrw.dcm',
  'charset/chrI2.dcm',
  'charset/chrJapMulti.dcm',
  'charset/chrKoreanMulti.dcm',
  'charset/chrRuss.dcm',
  'charset/chrSQEncoding.dcm',
  'charset/chrSQEncoding1.dcm',
  'charset/chrX1.dcm',
  'charset/chrX2.dcm',
  'cr/cr_mono1_10bit_chest.dcm',
  'ecg/waveform_ecg.dcm',
  'enhanced/emri_small_big_endian.dcm',
  'enhanced/legacy_converted_ct_mf.dcm',
  'ko/kos_synthetic.dcm',
  'nm/nm_heart_13f.dcm',
  'pdf/pdf.dcm',
  'pr/prLUTs.dcm',
  'rt/phantom_ct_rtstruct/rt.dcm',
  'seg/qin_seg.dcm',
  'series/mr_hitachi_oblique_4/001.dcm',
  'sm/sm_image.dcm',
  'sr/reportsi_with_empty_number_tags.dcm',
  'ts/image_dfl.dcm',
  'ts/pydicom/MR_small_bigendian.dcm',
  'ts/pydicom/MR_small_jp2klossless.dcm',
  'ts/pydicom/SC_rgb_rle.dcm',
  'video/us_h264_mp4_30f.dcm',
];

/** Plain, in the file's own character set where it has the letters, and in none but Unicode. */
const names = ['Local^Person', 'Łukasz^Żółć=山田^太郎'];
const values = { patientId: 'LOCAL-1', issuerOfPatientId: 'HERE', accessionNumber: 'ACC-1' };

const python = hasProgram('python3') ? '/usr/bin/python3' : 'python3';
const hasPydicom = spawnSync(python, ['-c', 'import pydicom'], { stdio: 'ignore' }).status === 0;

/** Prints, for each pair of files, what is wrong: nothing, as it should be. */
const COMPARE = `
import json, sys, warnings
warnings.simplefilter('ignore')
import pydicom
CHANGED = [0x00080005, 0x00080050, 0x00100010, 0x00100020, 0x00100021, 0x04000561]
wrong = []
for old, new, name in json.load(sys.stdin):
    a, b = pydicom.dcmread(old, force=True), pydicom.dcmread(new)
    last = b.OriginalAttributesSequence[-1].ModifiedAttributesSequence[0]
    if str(b.PatientName) != name: wrong.append([old, 'name', str(b.PatientName)])
    if (b.PatientID, b.IssuerOfPatientID, b.AccessionNumber) != ('LOCAL-1', 'HERE', 'ACC-1'): wrong.append([old, 'values'])
    if str(last.get('PatientName', '')) != str(a.get('PatientName', '')): wrong.append([old, 'old name', str(last.get('PatientName', ''))])
    if last.get('PatientID', '') != a.get('PatientID', ''): wrong.append([old, 'old ID'])
    for dataset in (a, b):
        for tag in CHANGED:
            if tag in dataset: del dataset[tag]
    if [e.tag for e in a] != [e.tag for e in b]: wrong.append([old, 'elements'])
    # Group lengths follow what is in their groups.
    for e in (e for e in a if e.tag.element != 0):
        if e.VR != 'SQ' and e.value != b[e.tag].value: wrong.append([old, str(e.tag)])
        if e.VR == 'SQ' and str(e.value) != str(b[e.tag].value): wrong.append([old, str(e.tag), 'items'])
print(json.dumps(wrong))
`;

interface Pair {
  readonly path: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

describe.skipIf(!hasSharedData)(`rewritten real files${withSharedData}`, () => {
  let folder: string;
  let pairs: readonly Pair[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'isocenter-rewriting-'));
    mkdirSync(join(folder, 'old'));
    pairs = files.flatMap((path, index) =>
      names.map((name, which): Pair => {
        const original = readShared(path);
        const before = join(folder, 'old', `${index}`);
        const after = join(folder, `${index}-${which}`);
        writeFileSync(before, original);
        writeFileSync(after, rewriteValues(original, { ...values, patientName: name }, { atMs: 0, source: 'Test' }));
        return { path, name, before, after };
      }),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('have the new name, and the frames of the old file', () => {
    for (const path of files) {
      const original = readShared(path);
      const before = openInstance(original);
      for (const patientName of names) {
        const after = openInstance(rewriteValues(original, { ...values, patientName }, { atMs: 0, source: '' }));
        const { alphabetic, ideographic } = after.header.patient.name;
        expect([alphabetic, ideographic].join('=').replace(/=$/, ''), path).toBe(patientName);
        expect(after.frameCount, path).toBe(before.frameCount);
        if (before.frameCount > 0) expect(after.encodedFrame(0).bytes, path).toEqual(before.encodedFrame(0).bytes);
      }
    }
  });

  skipUnless(hasProgram('dcmdump'), 'there is no dcmdump')('by dcmdump', () => {
    /** Errors and warnings, without the names of files. */
    const complaints = (file: string): string[] => {
      const { status, stderr } = spawnSync('dcmdump', [file], { maxBuffer: 1 << 28, encoding: 'utf8' });
      const lines = stderr.split('\n').filter((line) => /^[EFW]:/.test(line));
      return [`exit ${status}`, ...lines.map((line) => line.replaceAll(file, 'FILE'))];
    };

    it('are read without a complaint that the old file did not earn', () => {
      for (const { path, before, after } of pairs) expect(complaints(after), path).toEqual(complaints(before));
    });
  });

  skipUnless(hasPydicom, 'there is no pydicom')('by pydicom', () => {
    it('differ in the new values and the record of the old ones, and nowhere else', () => {
      const input = JSON.stringify(pairs.map(({ before, after, name }) => [before, after, name]));
      const answer = execFileSync(python, ['-c', COMPARE], { input, maxBuffer: 1 << 28 }).toString();
      expect(JSON.parse(answer)).toEqual([]);
    });
  });
});
