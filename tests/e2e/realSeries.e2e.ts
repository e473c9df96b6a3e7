/** Real series through the whole workstation: what the probe says at places whose values other tools computed. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startInBrowser } from '../support/browserWorkstation';
import { builtNodeHost, chromiumPath, sharedData } from '../support/programs';
import { chooseLayout, dismissNotices, goToSlice, probe, shownUid, viewport, waitForPicture } from '../support/reading';
import { keepScreenshot } from '../support/screenshots';
import { hasSharedData, sharedTable, type Row } from '../support/sharedData';
import { skipUnless } from '../support/skip';
import type { Workstation } from '../support/workstation';

interface KnownPoint {
  readonly point: readonly [number, number, number];
  /** Along the normal; a stack may be piled the other way. */
  readonly slice: number;
  readonly row: number;
  readonly column: number;
  /** After rescale. */
  readonly value: number;
}

interface KnownSeries {
  readonly name: string;
  readonly columns: number;
  readonly rows: number;
  readonly points: readonly KnownPoint[];
}

/** Classic series: an enhanced object's frames have their own places, which are another test's business. */
function knownSeries(): KnownSeries[] {
  const probes = sharedTable('PROBES.csv');
  return sharedTable('SERIES_TRUTH.csv')
    .map((truth) => ({
      name: truth['path'] ?? '',
      columns: Number(truth['cols']),
      rows: Number(truth['rows']),
      points: probes.filter((row) => row['path'] === truth['path']).map(pointOf),
    }))
    .filter(({ name, points }) => name.startsWith('series/') && points.length > 0);
}

function pointOf(row: Row): KnownPoint {
  const number = (key: string) => Number(row[key]);
  return {
    point: [number('x_mm'), number('y_mm'), number('z_mm')],
    slice: number('slice_index_along_normal'),
    row: number('row'),
    column: number('col'),
    value: number('modality_value'),
  };
}

const whyNot = !existsSync(chromiumPath)
  ? `no Chromium at ${chromiumPath}`
  : !existsSync(builtNodeHost)
    ? 'not built: npm run build'
    : !hasSharedData
      ? 'the real files of ../shared/data are not here'
      : null;

skipUnless(whyNot === null, whyNot ?? '')('real series in the window', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'isocenter-real-'));
  let workstation: Workstation;
  let lastUid = 'none';
  beforeAll(async () => {
    workstation = await startInBrowser({ dataDirectory: path.join(root, 'data') });
  });
  afterAll(async () => {
    await workstation.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it.each(whyNot === null ? knownSeries() : [])(
    '$name: every probed value is the known one',
    async (series) => {
      const { page } = workstation;
      await page.keyboard.press('Alt+1');
      await workstation.openFolder(path.join(sharedData, series.name));
      const another = `[data-testid="viewport-0"][data-status="ready"]:not([data-sop-instance-uid="${lastUid}"])`;
      await page.locator(another).waitFor({ timeout: 60_000 });
      await chooseLayout(page, 1, 1);
      await waitForPicture(page);
      await dismissNotices(page);
      const wrong = await wrongReadings(series);
      await keepScreenshot(page, 'browser', path.basename(series.name));
      lastUid = await shownUid(page);
      expect(wrong).toEqual([]);
    },
    240_000,
  );

  /** Goes to every point, slice by slice; gives those where another value, or another place, was read. */
  async function wrongReadings({ points, columns, rows }: KnownSeries): Promise<unknown[]> {
    const { page } = workstation;
    const count = Number(await viewport(page).getAttribute('data-image-count'));
    const wrong: unknown[] = [];
    let isReversed = false;
    for (const known of [...points].sort((a, b) => a.slice - b.slice)) {
      const readIt = async () => {
        await goToSlice(page, isReversed ? count - 1 - known.slice : known.slice);
        return probe(page, { column: known.column, row: known.row, columns, rows });
      };
      let read = await readIt();
      if (!isSamePlace(read.point, known.point)) {
        isReversed = !isReversed;
        read = await readIt();
      }
      const isRight = Math.abs(read.value - known.value) <= 1e-4 * Math.max(1, Math.abs(known.value));
      if (!isRight || !isSamePlace(read.point, known.point)) wrong.push({ known, read });
    }
    return wrong;
  }

  function isSamePlace(a: readonly number[], b: readonly number[]): boolean {
    return a.every((value, axis) => Math.abs(value - (b[axis] ?? Number.NaN)) < 0.02);
  }
});
