/**
 * The expected picture, pixel by pixel, written down from the Standard without any of the product's drawing code:
 * where the pixel lies in the image, which samples count, and what light they give.
 */
import type { LookupTable } from '../../../src-shared/dicom/display';
import type { RenderingCase } from './cases';

/** Levels 0 to 255, not rounded: R, G, B for each device pixel, top row first. */
export function referencePicture(one: RenderingCase): Float64Array {
  const { width, height, frame, display } = one;
  const out = new Float64Array(width * height * 3);
  const { a, b, c, d, e, f } = display.canvasFromImage;
  const determinant = a * d - b * c;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dx = x + 0.5 - e;
      const dy = y + 0.5 - f;
      const column = (d * dx - c * dy) / determinant;
      const row = (a * dy - b * dx) / determinant;
      if (column < -0.5 || row < -0.5 || column >= frame.columns - 0.5 || row >= frame.rows - 0.5) continue;
      out.set(frame.kind === 'colour' ? colourAt(one, column, row) : greyAt(one, column, row), (y * width + x) * 3);
    }
  }
  return out;
}

interface Weighted {
  readonly index: number;
  readonly weight: number;
}

/** The samples that make up the value at a place: one, or the four around it. */
function samplesAt({ frame, display }: RenderingCase, column: number, row: number): readonly Weighted[] {
  const inside = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  const index = (i: number, j: number) => inside(j, frame.rows) * frame.columns + inside(i, frame.columns);
  if (display.interpolation === 'nearest') return [{ index: index(Math.round(column), Math.round(row)), weight: 1 }];
  const [i, j] = [Math.floor(column), Math.floor(row)];
  const [u, v] = [column - i, row - j];
  return [
    { index: index(i, j), weight: (1 - u) * (1 - v) },
    { index: index(i + 1, j), weight: u * (1 - v) },
    { index: index(i, j + 1), weight: (1 - u) * v },
    { index: index(i + 1, j + 1), weight: u * v },
  ];
}

function colourAt(one: RenderingCase, column: number, row: number): number[] {
  return [0, 1, 2].map((channel) => {
    const value = samplesAt(one, column, row).reduce(
      (sum, { index, weight }) => sum + weight * (one.frame.samples[index * 3 + channel] ?? 0),
      0,
    );
    return one.display.isInverted ? 255 - value : value;
  });
}

function greyAt(one: RenderingCase, column: number, row: number): number[] {
  const { samples, display, columns, rows } = one.frame;
  const isPadding = (value: number) =>
    display.padding !== null && value >= display.padding.min && value <= display.padding.max;
  const nearest = Math.min(rows - 1, Math.floor(row + 0.5)) * columns + Math.min(columns - 1, Math.floor(column + 0.5));
  if (isPadding(samples[nearest] ?? 0)) return [0, 0, 0];
  let total = 0;
  let weights = 0;
  for (const { index, weight } of samplesAt(one, column, row)) {
    const value = samples[index] ?? 0;
    if (isPadding(value)) continue;
    total += weight * value;
    weights += weight;
  }
  const light = lightOf(one, total / weights);
  const asked = display.isInverse || display.photometricInterpretation === 'MONOCHROME1';
  const level = asked === one.display.isInverted ? light : 255 - light;
  return [level, level, level];
}

/** PS3.3 C.11.1, then C.11.2.1.2 or C.11.2.1.3 in its own terms, with ymin 0 and ymax 255. */
function lightOf({ frame, display: { voi } }: RenderingCase, stored: number): number {
  const modality = frame.display.modality;
  let x = stored;
  if (modality?.kind === 'rescale') x = stored * modality.slope + modality.intercept;
  if (modality?.kind === 'table') x = entryOf(modality.table, stored);
  if (voi.kind === 'table') return (entryOf(voi.table, x) / (2 ** voi.table.bits - 1)) * 255;
  const { center: c, width: w } = voi;
  switch (voi.fn) {
    case 'LINEAR':
      if (x <= c - 0.5 - (w - 1) / 2) return 0;
      if (x > c - 0.5 + (w - 1) / 2) return 255;
      return ((x - (c - 0.5)) / (w - 1) + 0.5) * 255;
    case 'LINEAR_EXACT':
      if (x <= c - w / 2) return 0;
      if (x > c + w / 2) return 255;
      return ((x - c) / w + 0.5) * 255;
    case 'SIGMOID':
      return 255 / (1 + Math.exp((-4 * (x - c)) / w));
  }
}

function entryOf(table: LookupTable, value: number): number {
  const at = Math.max(0, Math.min(table.entries.length - 1, value - table.firstMapped));
  return table.entries[at] ?? Number.NaN;
}
