/** Order, spacing, orientation and places of real series, against what independent tools measured. */
import { describe, expect, it } from 'vitest';
import { openInstance } from '../../src-shared/dataset/instance';
import { readHeader } from '../../src-shared/dataset/header';
import { edgeLetters } from '../../src-shared/dicom/orientation';
import type { Stack, StackImage } from '../../src-shared/dicom/stack';
import { stacksOf } from '../../src-shared/dicom/stacks';
import { transferSyntaxOf } from '../../src-shared/dicom/transferSyntax';
import { imageToPatient, patientToImage, type PlaneGrid } from '../../src-shared/geometry/planes';
import type { Vector3 } from '../../src-shared/geometry/vectors';
import { filesBelow, hasSharedData, readShared, sharedTable, withSharedData, type Row } from '../support/sharedData';

interface OpenSeries {
  readonly stacks: readonly Stack[];
  pathOf(image: StackImage): string;
}

function openSeries(relative: string): OpenSeries {
  const files = filesBelow(relative);
  const images = files.map((file, instanceId) => {
    const bytes = readShared(file);
    const result = readHeader(bytes, bytes.length);
    if (result.kind !== 'header') throw new Error(`${file} is no instance`);
    return { instanceId, record: result.header.instance, isMissing: false };
  });
  return { stacks: stacksOf(images), pathOf: ({ ref }) => files[ref.instanceId] ?? '' };
}

const numbers = (text = ''): number[] => text.split('\\').map(Number);

function vector(text = ''): Vector3 {
  const [x = NaN, y = NaN, z = NaN] = numbers(text);
  return [x, y, z];
}

function only(stacks: readonly Stack[]): Stack {
  const [stack] = stacks;
  if (!stack || stacks.length !== 1) throw new Error(`${stacks.length} stacks`);
  return stack;
}

/** In the order of positions, as the table counts slices. */
function alongNormal(stack: Stack): StackImage[] {
  return [...stack.images].sort((a, b) => (a.positionMm ?? NaN) - (b.positionMm ?? NaN));
}

const placesOf = (images: readonly StackImage[]): (Vector3 | undefined)[] =>
  [images[0], images.at(-1)].map((image) => image?.record.plane?.position);

/** Letters straight from the decimals of the table: the patient's left, back and head are positive. */
function lettersToward(direction: readonly number[], sign: 1 | -1): string {
  const named = direction.map((part, axis) => ({
    size: Math.abs(part),
    letter: (part * sign > 0 ? ['L', 'P', 'H'] : ['R', 'A', 'F'])[axis] ?? '',
  }));
  const strong = named.filter(({ size }) => size > 0.1);
  return strong
    .sort((a, b) => b.size - a.size)
    .map(({ letter }) => letter)
    .join('');
}

const truths: readonly Row[] = hasSharedData ? sharedTable('SERIES_TRUTH.csv') : [];
const isSplit = ({ images, distinct_positions, orientation }: Row): boolean =>
  images !== distinct_positions || orientation === '2 orientations';
const whole = truths.filter((row) => !isSplit(row));

describe.skipIf(!hasSharedData)(`real series${withSharedData}`, () => {
  it.each(whole.map((row) => [row['path'] ?? '', row] as const))('%s lies where it was measured', (path, truth) => {
    const stack = only(openSeries(path).stacks);
    const { geometry, images, issues } = stack;
    const record = images[0]?.record;
    const isUniform = truth['uniform'] === '1';
    const tiltDeg = Number(truth['tilt_deg']);
    const [plane, , obliquity = '0'] = (truth['orientation'] ?? '').split(' ');
    expect({
      ordering: stack.ordering,
      count: images.length,
      size: [record?.pixels?.rows, record?.pixels?.columns],
      ends: placesOf(alongNormal(stack)),
      plane: geometry?.plane,
      isUniform: geometry?.isUniform,
      isTiltReported: issues.some(({ code }) => code === 'stack-tilted'),
      isSpacingReported: issues.some(({ code }) => code === 'spacing-uneven' || code === 'slice-gap'),
    }).toEqual({
      ordering: truth['kind'] === 'classic' ? 'position' : 'frame-number',
      count: Number(truth['images']),
      size: [Number(truth['rows']), Number(truth['cols'])],
      ends: [vector(truth['first_ipp']), vector(truth['last_ipp'])],
      plane,
      isUniform,
      isTiltReported: tiltDeg > 0,
      isSpacingReported: !isUniform,
    });
    expect(geometry?.obliquityDeg).toBeCloseTo(Number(obliquity), 1);
    expect(geometry?.tiltDeg).toBeCloseTo(tiltDeg, 1);
    expect(geometry?.spacingMinMm).toBeCloseTo(Number(truth['spacing_min']), 3);
    expect(geometry?.spacingMaxMm).toBeCloseTo(Number(truth['spacing_max']), 3);
    expect(record?.spacing?.rowMm).toBeCloseTo(Number(truth['row_spacing']), 9);
    expect(record?.spacing?.columnMm).toBeCloseTo(Number(truth['col_spacing']), 9);
    numbers(truth['normal']).forEach((part, axis) => expect(geometry?.normal[axis]).toBeCloseTo(part, 5));
  });

  it.each(whole.map((row) => [row['path'] ?? '', row['iop'] ?? ''] as const))('%s has the right sides', (path, iop) => {
    const row = numbers(iop).slice(0, 3);
    const column = numbers(iop).slice(3);
    const { images } = only(openSeries(path).stacks);
    const letters = images.map(({ record }) => edgeLetters(record));
    const expected = {
      left: lettersToward(row, -1),
      right: lettersToward(row, 1),
      top: lettersToward(column, -1),
      bottom: lettersToward(column, 1),
    };
    expect(new Set(letters.map((edges) => JSON.stringify(edges)))).toEqual(new Set([JSON.stringify(expected)]));
  });

  it('fMRI volumes of one series become a stack each, first to last slice', () => {
    const truth = truths.find(({ path }) => path === 'series/mr_ge_fmri_60');
    const { stacks } = openSeries('series/mr_ge_fmri_60');
    const volume = { count: 15, ends: [vector(truth?.['first_ipp']), vector(truth?.['last_ipp'])] };
    const volumes = Number(truth?.['images']) / Number(truth?.['distinct_positions']);
    expect(stacks.map(({ images }) => ({ count: images.length, ends: placesOf(images) }))).toEqual(
      Array.from({ length: volumes }, () => volume),
    );
  });

  it('echoes of one series become a stack each', () => {
    const { stacks } = openSeries('series/mr_siemens_multi_echo_7');
    expect(stacks.map(({ label, splitBy, images }) => ({ label, splitBy, count: images.length }))).toEqual([
      { label: 'TE 20 ms', splitBy: ['echo'], count: 3 },
      { label: 'TE 40 ms', splitBy: ['echo'], count: 2 },
      { label: 'TE 60 ms', splitBy: ['echo'], count: 2 },
    ]);
  });

  it('orientations of one series become a stack each', () => {
    const { stacks } = openSeries('series/mr_two_orientations_4');
    const seen = stacks.map(({ splitBy, geometry, images }) => ({
      splitBy,
      plane: geometry?.plane,
      count: images.length,
    }));
    expect(seen).toEqual([
      { splitBy: ['orientation'], plane: 'SAGITTAL', count: 2 },
      { splitBy: ['orientation'], plane: 'AXIAL', count: 2 },
    ]);
  });
});

function gridOf({ record: { plane, spacing } }: StackImage): PlaneGrid {
  if (!plane || !spacing) throw new Error('the image has no place');
  return { ...plane, rowMm: spacing.rowMm, columnMm: spacing.columnMm };
}

/** Uncompressed, little endian, up to 16 bits, grey: decoded here so that the test depends on no codec. */
function modalityValueAt(file: Uint8Array<ArrayBuffer>, frameIndex: number, offset: number): number {
  const instance = openInstance(file);
  const { bytes, pixels } = instance.encodedFrame(frameIndex);
  const { rescale } = instance.header.instance;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const raw = pixels.bitsAllocated === 8 ? view.getUint8(offset) : view.getUint16(offset * 2, true);
  const unused = 32 - pixels.bitsStored;
  const stored = pixels.isSigned ? (raw << unused) >> unused : (raw << unused) >>> unused;
  return stored * (rescale?.slope ?? 1) + (rescale?.intercept ?? 0);
}

const probes = hasSharedData
  ? Map.groupBy(sharedTable('PROBES.csv'), (row) => row['path'] ?? '')
  : new Map<string, Row[]>();

describe.skipIf(!hasSharedData)(`points in the patient${withSharedData}`, () => {
  it.each([...probes])('%s reads the value that is there', (path, points) => {
    const series = openSeries(path);
    const slices = alongNormal(only(series.stacks));
    const isNative = transferSyntaxOf(slices[0]?.record.transferSyntaxUid ?? '').codec === 'native';
    const found = points.map((point) => {
      const target: Vector3 = [Number(point['x_mm']), Number(point['y_mm']), Number(point['z_mm'])];
      const slice = slices[Number(point['slice_index_along_normal'])];
      if (!slice) throw new Error('no such slice');
      const at = patientToImage(gridOf(slice), target);
      const [column, row] = [Math.round(at.column), Math.round(at.row)];
      const back = imageToPatient(gridOf(slice), { column, row });
      const offMm = Math.hypot(...back.map((part, axis) => part - (target[axis] ?? NaN)));
      const offset = row * (slice.record.pixels?.columns ?? 0) + column;
      const value = isNative ? modalityValueAt(readShared(series.pathOf(slice)), slice.ref.frameIndex, offset) : null;
      return { row, column, isThere: offMm < 1e-3, value };
    });
    expect(found).toEqual(
      points.map((point) => ({
        row: Number(point['row']),
        column: Number(point['col']),
        isThere: true,
        value: isNative ? (expect.closeTo(Number(point['modality_value']), 4) as number) : null,
      })),
    );
  });
});
