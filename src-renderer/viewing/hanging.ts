/**
 * How a study is laid out when it opens: which series or images, in which grid. A starting point, not a protocol: the
 * largest sensible grid for the modality, series in their order, scouts last.
 */
import type { SeriesRow } from '../../src-shared/contract';
import type { Layout } from './screen';

/** Series whose images are looked at side by side rather than scrolled. */
const BY_IMAGE = new Set(['MG', 'CR', 'DX', 'PX', 'IO', 'RG']);

/** Most viewports a study of this modality opens with. */
const MOST: Readonly<Record<string, number>> = { CT: 2, PT: 2, NM: 2, MR: 4, MG: 4, CR: 2, DX: 2, US: 1, XA: 1, RF: 1 };

/** A volume with so few images is a scout or a scratch, shown first only when there is nothing else. */
const FEW_IMAGES = 4;
const VOLUMES = new Set(['CT', 'MR', 'PT', 'NM']);

/** In reading order: by number, then by id; series without pictures left out. */
export function readableSeries(series: readonly SeriesRow[]): readonly SeriesRow[] {
  return series
    .filter((row) => row.imageCount > 0)
    .toSorted((a, b) => (a.series.number ?? Infinity) - (b.series.number ?? Infinity) || a.seriesId - b.seriesId);
}

/**
 * The series to open, in reading order, at most as many as fit the modality's grid. A study of several modalities opens
 * with the one that has the most images: the CT of a PET/CT, not the scanned request form.
 */
export function seriesToOpen(series: readonly SeriesRow[]): readonly SeriesRow[] {
  const readable = readableSeries(series);
  const modality = mainModality(readable);
  const ofModality = readable.filter((row) => row.series.modality === modality);
  const main = ofModality.filter((row) => !isScout(row));
  return (main.length > 0 ? main : ofModality).slice(0, mostViewports(modality));
}

function mainModality(rows: readonly SeriesRow[]): string {
  const images = new Map<string, number>();
  for (const { series, imageCount } of rows)
    images.set(series.modality, (images.get(series.modality) ?? 0) + imageCount);
  return [...images].reduce<[string, number]>((best, each) => (each[1] > best[1] ? each : best), ['', 0])[0];
}

function isScout(row: SeriesRow): boolean {
  return VOLUMES.has(row.series.modality) && row.imageCount < FEW_IMAGES;
}

/** Whether each image of a series gets a viewport of its own. */
export function isHungByImage(modality: string): boolean {
  return BY_IMAGE.has(modality);
}

/** How many viewports a study of a modality opens with at most. */
export function mostViewports(modality: string): number {
  return MOST[modality] ?? 1;
}

/** The smallest grid for a number of viewports, wider than high. */
export function gridFor(count: number): Layout {
  if (count <= 1) return { rows: 1, columns: 1 };
  if (count === 2) return { rows: 1, columns: 2 };
  if (count <= 4) return { rows: 2, columns: 2 };
  if (count <= 6) return { rows: 2, columns: 3 };
  if (count <= 9) return { rows: 3, columns: 3 };
  return count <= 12 ? { rows: 3, columns: 4 } : { rows: 4, columns: 4 };
}
