/** Files to be damaged: one of every class and transfer syntax of the real data, cut to their headers; phantoms where there are none. */
import { deflateSync } from 'fflate';
import { walkElements } from '../../../src-shared/dataset/elements';
import { locateDataSet } from '../../../src-shared/dataset/part10';
import { encodeElements } from '../../../src-shared/dataset/writeElements';
import { fileFrom, TRANSFER_SYNTAX, type ElementList } from '../../../src-shared/dataset/write';
import {
  directoryFile,
  imageEntry,
  linkedInOrder,
  patientEntry,
  seriesEntry,
  studyEntry,
} from '../../fixtures/directoryFile';
import { ctElements } from '../../support/elements';
import { hasSharedData, readShared } from '../../support/sharedData';
import { smallCt } from '../../support/smallCt';

type Bytes = Uint8Array<ArrayBuffer>;

/** More pixels than this are no matter to whoever reads headers. */
const MOST_PIXEL_BYTES = 16 * 1024;

const classes = [
  'cr/cr_mono1_10bit_chest.dcm',
  'dx/dx_fuji_mono1_vet.dcm',
  'ecg/waveform_ecg.dcm',
  'enhanced/legacy_converted_ct_mf.dcm',
  'hp/hanging_protocol.dcm',
  'ko/kos_synthetic.dcm',
  'mg/mg_out_of_bounds_overlay.dcm',
  'nm/nm_heart_13f.dcm',
  'op/op_heidelberg_jpll.dcm',
  'pdf/pdf.dcm',
  'pr/prLUTs.dcm',
  'rt/phantom_ct_rtstruct/rt.dcm',
  'seg/qin_seg.dcm',
  'series/mr_hitachi_oblique_4/001.dcm',
  'sm/sm_image.dcm',
  'sr/reportsi_with_empty_number_tags.dcm',
  'us/IM00001.fragmented_no_bot_jpeg_baseline.50.dcm',
  'video/us_h264_mp4_30f.dcm',
  'xa/xa_rubo_96f_jpeg.dcm',
];

const syntaxes = [
  'ts/image_dfl.dcm',
  'ts/pydicom/SC_rgb_small_odd_big_endian.dcm',
  'ts/pydicom/SC_rgb_rle.dcm',
  'ts/pydicom/JPEGLSNearLossless_08.dcm',
  'ts/pydicom/MR_small_jp2klossless.dcm',
  'ts/pydicom-data/liver_deflate.dcm',
  'broken/pydicom/empty_charset_LEI.dcm',
  'broken/pydicom/UN_sequence.dcm',
  'broken/fuzz_cat04/TC0321_encap_empty_bot.dcm',
  'broken/dcmjs/no-meta-length-test.dcm',
];

const texts = ['chrH32', 'chrI2', 'chrKoreanMulti', 'chrSQEncoding', 'chrX1', 'chrX2'].map(
  (name) => `charset/${name}.dcm`,
);

const directories = ['DICOMDIR', 'DICOMDIR-bigEnd', 'DICOMDIR-implicit', 'DICOMDIR-nooffset'].map(
  (name) => `media/pydicom_dicomdirtests/${name}`,
);

/** Deflated, with a sequence and a private block. */
function deflatedCt(): Bytes {
  const elements: ElementList = ctElements([
    { tag: 0x00080005, vr: 'CS', value: '\\ISO 2022 IR 87' },
    { tag: 0x00090010, vr: 'LO', value: 'ACME' },
    { tag: 0x00400275, vr: 'SQ', value: [[{ tag: 0x00400007, vr: 'LO', value: 'Requested' }]] },
  ]);
  const dataSet = encodeElements(elements, { isExplicit: true, isBigEndian: false, hasUndefinedLengths: true });
  const transferSyntaxUid = '1.2.840.10008.1.2.1.99';
  const identity = { sopClassUid: '1.2.840.10008.5.1.4.1.1.2', sopInstanceUid: '2.25.12', transferSyntaxUid };
  return fileFrom(identity, deflateSync(dataSet));
}

function phantoms(): Bytes[] {
  const tree = linkedInOrder([patientEntry('P1', 'A^B'), studyEntry('1'), seriesEntry('1'), imageEntry('A', '1')]);
  const written = Object.values(TRANSFER_SYNTAX).flatMap((transferSyntaxUid) => [
    smallCt({}, { transferSyntaxUid, hasUndefinedLengths: true }),
    directoryFile(tree, { transferSyntaxUid }).bytes,
  ]);
  return [...written, deflatedCt(), smallCt().slice(132)];
}

/** Its header and the first of its pixels; all of a deflated file. */
function cutToHeader(file: Bytes): Bytes {
  const located = locateDataSet(file);
  if (!located || located.isDeflated) return file;
  const { pixelElement } = walkElements(file, located.start, located.encoding);
  return pixelElement ? file.slice(0, pixelElement.offset + MOST_PIXEL_BYTES) : file;
}

export function fuzzSeeds(): Bytes[] {
  const real = hasSharedData ? [...classes, ...syntaxes, ...texts, ...directories].map(readShared) : [];
  return [...real.map(cutToHeader), ...phantoms()];
}
