/** The main story, the same on both hosts: open a folder, find the study, read it, restart, find it again. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { storedAt, patientPointOfSeries } from '../support/phantomTruth';
import { chestSeries, person, rampSeries, writeSeries } from '../fixtures/folders';
import {
  chooseLayout,
  dragOver,
  imageIndex,
  openStudyOf,
  paintedHash,
  pointAtMiddle,
  probe,
  goToSlice,
  shownUid,
  shownWindow,
  studyRow,
  viewport,
  waitForPicture,
  wheelStep,
} from '../support/reading';
import { keepScreenshot } from '../support/screenshots';
import type { StartWorkstation, Workstation } from '../support/workstation';

/** Tests that follow each other on one running workstation. */
export function mainStory(start: StartWorkstation): void {
  const root = mkdtempSync(path.join(tmpdir(), 'isocenter-story-'));
  const dataDirectory = path.join(root, 'data');
  const folder = path.join(root, 'CT von Ärztin Ω 影像');
  const anna = person('Story^Anna', 'STORY-1');
  const chest = chestSeries(anna);
  const ramp = rampSeries(anna);
  let workstation: Workstation;

  beforeAll(async () => {
    writeSeries(folder, chest, ramp);
    workstation = await start({ dataDirectory });
  });
  afterAll(async () => {
    await workstation.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('starts with an empty library that explains itself, isolated from other origins', async () => {
    const { page } = workstation;
    await page.getByRole('heading', { name: 'The library is empty' }).waitFor();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  it('opens a folder: its study comes on screen and into the library', async () => {
    const { page, host } = workstation;
    await workstation.openFolder(folder);
    await waitForPicture(page);
    await page.keyboard.press('Alt+1');
    await studyRow(page, 'STORY-1').waitFor();
    expect(await studyRow(page, 'STORY-1').textContent()).toMatch(/Story, Anna.*CT/);
    await studyRow(page, 'STORY-1').click();
    await page.keyboard.press('ArrowRight');
    await page.getByText('Ramp phantom').first().waitFor();
    await page.locator('.library-thumbnail img.is-shown').first().waitFor({ timeout: 30_000 });
    await keepScreenshot(page, host, 'library');
  });

  it('opens the study by double-click, with its name, slice and orientation letters', async () => {
    const { page, host } = workstation;
    await openStudyOf(page, 'STORY-1');
    await chooseLayout(page, 1, 1);
    await waitForPicture(page);
    await pointAtMiddle(page);
    const letters = await Promise.all(
      ['left', 'right', 'top', 'bottom'].map((edge) => viewport(page).getByTestId(`edge-${edge}`).textContent()),
    );
    expect(letters).toEqual(['R', 'L', 'A', 'P']);
    expect(await page.getByTestId('patient-name').textContent()).toMatch(/Story, Anna/);
    expect(await viewport(page).getAttribute('data-image-count')).toBe('24');
    await goToSlice(page, 12);
    await keepScreenshot(page, host, 'one-up');
  });

  it('shows every slice the wheel asks for', async () => {
    const { page } = workstation;
    await page.keyboard.press('Home');
    await pointAtMiddle(page);
    await waitForPicture(page);
    const seen: { uid: string; painted: string; label: string | null }[] = [];
    for (let step = 0; step < 10; step++) {
      if (step > 0) await wheelStep(page, 1);
      const label = await viewport(page).locator('[data-line="slice"]').textContent();
      seen.push({ uid: await shownUid(page), painted: await paintedHash(page), label });
    }
    expect(seen.map(({ label }) => label)).toEqual(seen.map((_, step) => `Im ${step + 1} / 24`));
    expect(new Set(seen.map(({ uid }) => uid)).size).toBe(seen.length);
    expect(new Set(seen.map(({ painted }) => painted)).size).toBe(seen.length);
    expect(await imageIndex(page)).toBe(9);
  });

  it('widens the window by dragging to the right and shows it', async () => {
    const { page } = workstation;
    await page.keyboard.press('w');
    const before = await shownWindow(page);
    expect(before).toEqual({ width: 400, center: 40 });
    const painted = await paintedHash(page);
    await dragOver(page, { x: 120, y: 0 });
    const after = await shownWindow(page);
    expect(after.width).toBeGreaterThan(before.width);
    expect(await paintedHash(page)).not.toBe(painted);
    await dragOver(page, { x: 0, y: 90 });
    expect((await shownWindow(page)).center).not.toBe(after.center);
  });

  it('reads known values at known places: the torso and the ramp are formulas', async () => {
    const { page } = workstation;
    await page.keyboard.press('s');
    for (const [slice, column, row] of [
      [4, 128, 120],
      [12, 90, 130],
      [20, 140, 100],
    ] as const) {
      await goToSlice(page, slice);
      const read = await probe(page, { column, row, columns: 256, rows: 256 });
      const known = chest.grid.origins.findIndex((origin) => Math.abs(origin[2] - read.point[2]) < 0.01);
      const point = patientPointOfSeries(chest, { column, row, slice: known });
      expect(read).toEqual({
        column,
        row,
        stored: read.stored,
        value: storedAt(chest, column, row, known),
        unit: 'HU',
        point,
      });
    }
    await page.getByTestId('series-strip').locator('[data-entry]').nth(1).click();
    await page.locator('[data-testid="viewport-0"][data-image-count="12"][data-status="ready"]').waitFor();
    const read = await probe(page, { column: 40, row: 10, columns: 64, rows: 48 });
    const [x, y, z] = read.point;
    expect(read.value).toBe(Math.round(100 + 2 * x - 3 * y + 5 * z));
  });

  it('shows four series or views at once', async () => {
    const { page, host } = workstation;
    await chooseLayout(page, 2, 2);
    const cards = page.getByTestId('series-strip').locator('[data-entry]');
    for (const [index, card] of [0, 1, 0, 1].entries()) {
      await cards.nth(card).dragTo(viewport(page, index));
      await waitForPicture(page, index);
    }
    expect(await viewport(page, 3).getAttribute('data-image-count')).toBe('12');
    await viewport(page, 2).locator('.viewport-picture').hover();
    await goToSlice(page, 6, 2);
    expect(await imageIndex(page, 0)).not.toBe(await imageIndex(page, 2));
    await keepScreenshot(page, host, 'four-up');
  });

  it('has done nothing that its security policy forbids, and nothing unexpected', () => {
    expect(workstation.watch).toEqual({ errors: [], violations: [], dialogs: [] });
  });

  it('has the library again after a restart', async () => {
    await workstation.stop();
    workstation = await start({ dataDirectory });
    const { page } = workstation;
    await studyRow(page, 'STORY-1').waitFor();
    await openStudyOf(page, 'STORY-1');
    expect(await viewport(page).getAttribute('data-image-count')).toBe('24');
  });
}
