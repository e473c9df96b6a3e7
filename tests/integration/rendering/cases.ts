/**
 * Pictures whose every pixel can be computed from the Standard's own words: what is shown, and how. No pixel's centre
 * lies on the border between two image pixels, where either would be right.
 */
import type { DecodedFrame, SampleArray } from '../../../src-renderer/imaging/types';
import type { SliceDisplay } from '../../../src-renderer/rendering/types';
import type { DisplayTransform } from '../../../src-shared/dicom/display';

export interface RenderingCase {
  readonly name: string;
  readonly frame: DecodedFrame;
  readonly display: SliceDisplay;
  /** CSS pixels of the view. */
  readonly width: number;
  readonly height: number;
}

const IDENTITY_DISPLAY: DisplayTransform = {
  photometricInterpretation: 'MONOCHROME2',
  modality: null,
  windows: [],
  voiFunction: 'LINEAR',
  voiTables: [],
  isInverse: false,
  padding: null,
  palette: null,
};

/** A frame around samples, row by row. */
export function frameOf(
  samples: SampleArray,
  columns: number,
  changes: Partial<DisplayTransform> = {},
  kind: DecodedFrame['kind'] = 'grey',
): DecodedFrame {
  const rows = samples.length / columns / (kind === 'colour' ? 3 : 1);
  return {
    ref: { instanceId: 1, frameIndex: 0 },
    sopInstanceUid: '2.25.1',
    rows,
    columns,
    kind,
    samples,
    minStored: 0,
    maxStored: 0,
    pixels: {
      rows,
      columns,
      samplesPerPixel: kind === 'colour' ? 3 : 1,
      photometricInterpretation: kind === 'colour' ? 'RGB' : 'MONOCHROME2',
      planarConfiguration: 0,
      bitsAllocated: samples.BYTES_PER_ELEMENT * 8,
      bitsStored: samples.BYTES_PER_ELEMENT * 8,
      highBit: samples.BYTES_PER_ELEMENT * 8 - 1,
      isSigned: false,
      sampleKind: 'integer',
      frames: 1,
    },
    display: { ...IDENTITY_DISPLAY, ...changes },
    sizeBytes: samples.byteLength,
  };
}

/** `count` samples from `first`, each larger than the one before by `step`; fills `into` from its start. */
function ramp<T extends SampleArray>(into: T, first: number, step: number): T {
  for (let at = 0; at < into.length; at += 1) into[at] = first + at * step;
  return into;
}

/** Shows the image `zoom` times enlarged, the outer corner of its first pixel at (x, y). */
function placed(zoom: number, x = 0, y = 0): SliceDisplay['canvasFromImage'] {
  return { a: zoom, b: 0, c: 0, d: zoom, e: x + zoom / 2, f: y + zoom / 2 };
}

function windowed(center: number, width: number, changes: Partial<SliceDisplay> = {}): SliceDisplay {
  return {
    voi: { kind: 'window', center, width, fn: 'LINEAR' },
    isInverted: false,
    interpolation: 'nearest',
    canvasFromImage: placed(3),
    ...changes,
  };
}

const ctRescale = { kind: 'rescale', slope: 1, intercept: -1024, unit: 'HU' } as const;
const ct = ramp(new Int16Array(32 * 24), -2000, 5);
const small = Uint8Array.of(0, 40, 80, 120, 200, 255);

const table = (entries: readonly number[], firstMapped: number, bits: number) => ({
  firstMapped,
  bits,
  entries: Uint16Array.from(entries),
  explanation: '',
});

type Named = Omit<RenderingCase, 'width' | 'height'> & Partial<Pick<RenderingCase, 'width' | 'height'>>;

const named: readonly Named[] = [
  {
    name: 'signed 16 bit, soft tissue window',
    frame: frameOf(ct, 32, { modality: ctRescale }),
    display: windowed(40, 400),
  },
  {
    name: 'unsigned 16 bit over its whole range',
    frame: frameOf(ramp(new Uint16Array(32 * 32), 0, 64), 32),
    display: windowed(32768, 65536),
  },
  {
    name: 'narrow window at the lowest signed value',
    frame: frameOf(ramp(new Int16Array(64), -32768, 1), 8),
    display: windowed(-32750, 20),
  },
  {
    name: 'narrow window at the highest unsigned value',
    frame: frameOf(ramp(new Uint16Array(64), 65472, 1), 8),
    display: windowed(65520, 20),
  },
  {
    name: 'MONOCHROME1',
    frame: frameOf(ct, 32, { photometricInterpretation: 'MONOCHROME1' }),
    display: windowed(0, 3000),
  },
  {
    name: 'MONOCHROME1, inverted by the person',
    frame: frameOf(ct, 32, { photometricInterpretation: 'MONOCHROME1' }),
    display: windowed(0, 3000, { isInverted: true }),
  },
  { name: 'shape INVERSE', frame: frameOf(ct, 32, { isInverse: true }), display: windowed(0, 3000) },
  {
    name: 'negative slope',
    frame: frameOf(ct, 32, { modality: { kind: 'rescale', slope: -0.5, intercept: 100, unit: '' } }),
    display: windowed(50, 900),
  },
  {
    name: 'slope of 0',
    frame: frameOf(ct, 32, { modality: { kind: 'rescale', slope: 0, intercept: 30, unit: '' } }),
    display: windowed(40, 101),
  },
  {
    name: 'LINEAR_EXACT',
    frame: frameOf(ct, 32),
    display: windowed(-500, 1000, { voi: { kind: 'window', center: -500, width: 1000, fn: 'LINEAR_EXACT' } }),
  },
  {
    name: 'SIGMOID',
    frame: frameOf(ct, 32, { modality: ctRescale }),
    display: windowed(0, 0, { voi: { kind: 'window', center: -1000, width: 700, fn: 'SIGMOID' } }),
  },
  { name: 'window of width 1', frame: frameOf(ct, 32), display: windowed(-498, 1) },
  { name: 'window of width 2', frame: frameOf(ramp(new Int16Array(64), -5, 1), 8), display: windowed(10, 2) },
  {
    name: 'padding stays black',
    frame: frameOf(ct, 32, { padding: { min: -2000, max: -1500 } }),
    display: windowed(0, 3000),
  },
  {
    name: 'padding stays black when inverted',
    frame: frameOf(ct, 32, { padding: { min: -2000, max: -1500 } }),
    display: windowed(0, 3000, { isInverted: true }),
  },
  {
    name: 'padding is not blended in',
    frame: frameOf(ct, 32, { padding: { min: -2000, max: -1500 } }),
    display: windowed(0, 3000, { isInverted: true, interpolation: 'linear' }),
  },
  {
    name: 'VOI table',
    frame: frameOf(ct, 32),
    display: windowed(0, 0, { voi: { kind: 'table', table: table([5, 60, 200, 255, 128, 0], -1000, 8) } }),
  },
  {
    name: 'VOI table of 12 bits',
    frame: frameOf(ct, 32),
    display: windowed(0, 0, { voi: { kind: 'table', table: table([0, 4095, 2048, 100], -500, 12) } }),
  },
  {
    name: 'modality table',
    frame: frameOf(ct, 32, {
      modality: { kind: 'table', table: table([100, 900, 400], -1200, 16), unit: 'US' },
      padding: { min: -2000, max: -1990 },
    }),
    display: windowed(500, 900),
  },
  { name: 'RGB', frame: frameOf(ramp(new Uint8Array(16 * 8 * 3), 3, 7), 16, {}, 'colour'), display: windowed(0, 1) },
  {
    name: 'RGB, inverted',
    frame: frameOf(ramp(new Uint8Array(16 * 8 * 3), 3, 7), 16, {}, 'colour'),
    display: windowed(0, 1, { isInverted: true }),
  },
  {
    name: 'RGB, blended',
    frame: frameOf(ramp(new Uint8Array(16 * 8 * 3), 3, 7), 16, {}, 'colour'),
    display: windowed(0, 1, { interpolation: 'linear' }),
  },
  {
    name: 'RGB, 5 columns',
    frame: frameOf(ramp(new Uint8Array(5 * 3 * 3), 3, 7), 5, {}, 'colour'),
    display: windowed(0, 1),
  },
  {
    name: 'one pixel',
    frame: frameOf(Uint8Array.of(77), 1),
    display: windowed(128, 256, { canvasFromImage: placed(20, 7, 3) }),
  },
  {
    name: 'one pixel, blended',
    frame: frameOf(Uint8Array.of(77), 1),
    display: windowed(128, 256, { canvasFromImage: placed(20, 7, 3), interpolation: 'linear' }),
  },
  {
    name: 'pixels taller than wide',
    frame: frameOf(small, 3),
    display: windowed(128, 256, { canvasFromImage: { a: 8, b: 0, c: 0, d: 23, e: 10.2, f: 20.3 } }),
  },
  {
    name: 'blended between centres',
    frame: frameOf(small, 3),
    display: windowed(128, 256, {
      canvasFromImage: { a: 17, b: 0, c: 0, d: 13, e: 12.25, f: 9.5 },
      interpolation: 'linear',
    }),
  },
  {
    name: 'blended 16 bit',
    frame: frameOf(ct, 32, { modality: ctRescale }),
    display: windowed(-1800, 1500, { interpolation: 'linear', canvasFromImage: placed(4.37, -20.3, -11.2) }),
  },
  {
    name: 'a quarter turn clockwise',
    frame: frameOf(small, 3),
    display: windowed(128, 256, { canvasFromImage: { a: 0, b: 15, c: -15, d: 0, e: 60.3, f: 12.2 } }),
  },
  {
    name: 'mirrored',
    frame: frameOf(small, 3),
    display: windowed(128, 256, { canvasFromImage: { a: -15, b: 0, c: 0, d: 15, e: 60.3, f: 12.2 } }),
  },
  {
    name: 'upside down and mirrored',
    frame: frameOf(small, 3),
    display: windowed(128, 256, { canvasFromImage: { a: -15, b: 0, c: 0, d: -15, e: 60.3, f: 50.2 } }),
  },
  {
    name: 'turned by 30 degrees',
    frame: frameOf(ct, 32),
    display: windowed(-200, 4000, { canvasFromImage: { a: 2.6, b: 1.5, c: -1.5, d: 2.6, e: 40.1, f: 3.3 } }),
  },
  {
    name: 'far enlarged and far away',
    frame: frameOf(ct, 32),
    display: windowed(-200, 4000, { canvasFromImage: placed(61.3, -700.7, -500.9) }),
  },
  { name: 'signed 8 bit', frame: frameOf(ramp(new Int8Array(256), -128, 1), 16), display: windowed(0, 256) },
  {
    name: 'unsigned 32 bit',
    frame: frameOf(ramp(new Uint32Array(256), 100_000, 1000), 16),
    display: windowed(200_000, 100_000),
  },
  {
    name: 'signed 32 bit',
    frame: frameOf(ramp(new Int32Array(256), -100_000, 1000), 16),
    display: windowed(0, 150_000),
  },
  {
    name: 'floats',
    frame: frameOf(ramp(new Float32Array(256), -1, 0.01), 16, {
      modality: { kind: 'rescale', slope: 100, intercept: 3, unit: '' },
    }),
    display: windowed(20, 170),
  },
  {
    name: 'nothing of the image in sight',
    frame: frameOf(small, 3),
    display: windowed(128, 256, { canvasFromImage: placed(3, 500, 500) }),
  },
  {
    name: 'seen from afar',
    frame: frameOf(ramp(new Uint16Array(300 * 200), 0, 1), 300),
    display: windowed(30_000, 60_000, { interpolation: 'linear', canvasFromImage: placed(0.31, 1.337, 2.171) }),
  },
  {
    name: 'seen from afar, nearest',
    frame: frameOf(ramp(new Uint16Array(300 * 200), 0, 1), 300),
    display: windowed(30_000, 60_000, { canvasFromImage: placed(0.31, 1.337, 2.171) }),
  },
];

export const cases: readonly RenderingCase[] = named.map((one) => ({ width: 97, height: 71, ...one }));
