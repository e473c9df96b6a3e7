/** What a person does on the reading screen, and what they read there. */
import type { Locator, Page } from 'playwright-core';
import { expect, vi } from 'vitest';

export const viewport = (page: Page, index = 0): Locator => page.getByTestId(`viewport-${index}`);

/** Waits until the viewport shows a picture. */
export async function waitForPicture(page: Page, index = 0): Promise<void> {
  await page.locator(`[data-testid="viewport-${index}"][data-status="ready"]`).waitFor({ timeout: 60_000 });
}

export async function imageIndex(page: Page, index = 0): Promise<number> {
  return Number(await viewport(page, index).getAttribute('data-image-index'));
}

/** UID of the image whose pixels are on the screen now. */
export async function shownUid(page: Page, index = 0): Promise<string> {
  return (await viewport(page, index).getAttribute('data-sop-instance-uid')) ?? '';
}

/** A fingerprint of what is painted in the middle of a viewport, without the text over it. */
export async function paintedHash(page: Page, index = 0): Promise<string> {
  const box = await boxOf(viewport(page, index));
  const clip = {
    x: box.x + box.width * 0.3,
    y: box.y + box.height * 0.3,
    width: box.width * 0.4,
    height: box.height * 0.4,
  };
  const bytes = await page.screenshot({ clip });
  return Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');
}

export async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('the element is not on the screen');
  return box;
}

export async function pointAtMiddle(page: Page, index = 0): Promise<void> {
  const box = await boxOf(viewport(page, index));
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** One notch of the wheel over a viewport; waits until that slice is the one shown. */
export async function wheelStep(page: Page, by: 1 | -1, index = 0): Promise<void> {
  const before = await imageIndex(page, index);
  await page.mouse.wheel(0, by * 100);
  await vi.waitFor(async () => expect(await imageIndex(page, index)).toBe(before + by), { timeout: 10_000 });
  await waitForPicture(page, index);
}

/** Brings a slice on screen: near it by the slider, then notch by notch. */
export async function goToSlice(page: Page, wanted: number, index = 0): Promise<void> {
  const count = Number(await viewport(page, index).getAttribute('data-image-count'));
  if (count > 8) {
    const track = await boxOf(viewport(page, index).getByTestId('slider').locator('.slider-track'));
    await page.mouse.click(track.x + track.width / 2, track.y + (wanted / (count - 1)) * track.height);
  }
  await pointAtMiddle(page, index);
  for (let now = await imageIndex(page, index); now !== wanted; now = await imageIndex(page, index))
    await wheelStep(page, now < wanted ? 1 : -1, index);
  await waitForPicture(page, index);
}

export interface ProbeReading {
  readonly column: number;
  readonly row: number;
  readonly stored: string;
  readonly value: number;
  readonly unit: string;
  readonly point: readonly [x: number, y: number, z: number];
}

/** Points at a pixel of a fitted, unturned image with square pixels and reads what the probe says. */
export async function probe(
  page: Page,
  at: {
    readonly column: number;
    readonly row: number;
    readonly columns: number;
    readonly rows: number;
    readonly aspect?: number;
  },
  index = 0,
): Promise<ProbeReading> {
  const box = await boxOf(viewport(page, index).locator('.viewport-picture'));
  const aspect = at.aspect ?? 1;
  const scale = Math.min(box.width / at.columns, box.height / (at.rows * aspect));
  const x = box.x + box.width / 2 + (at.column + 0.5 - at.columns / 2) * scale;
  const y = box.y + box.height / 2 + (at.row + 0.5 - at.rows / 2) * scale * aspect;
  await page.mouse.move(x, y);
  const readout = viewport(page, index).getByTestId('probe');
  await page
    .locator(
      `[data-testid="viewport-${index}"] [data-testid="probe"][data-column="${at.column}"][data-row="${at.row}"]`,
    )
    .waitFor({ timeout: 5000 });
  const read = async (name: string) => (await readout.getAttribute(`data-${name}`)) ?? '';
  return {
    column: Number(await read('column')),
    row: Number(await read('row')),
    stored: await read('stored'),
    value: Number(await read('value')),
    unit: await read('unit'),
    point: [Number(await read('x')), Number(await read('y')), Number(await read('z'))],
  };
}

export interface ShownWindow {
  readonly width: number;
  readonly center: number;
}

export async function shownWindow(page: Page, index = 0): Promise<ShownWindow> {
  const readout = viewport(page, index).getByTestId('window-readout');
  return {
    width: Number(await readout.getAttribute('data-width')),
    center: Number(await readout.getAttribute('data-center')),
  };
}

export async function dragOver(page: Page, by: { readonly x: number; readonly y: number }, index = 0): Promise<void> {
  const box = await boxOf(viewport(page, index));
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x / 2, y + by.y / 2, { steps: 3 });
  await page.mouse.move(x + by.x, y + by.y, { steps: 3 });
  await page.mouse.up();
}

/** The row of a study in the library's table, by a text in it. */
export const studyRow = (page: Page, text: string): Locator =>
  page.getByRole('treegrid').getByRole('row').filter({ hasText: text }).first();

export async function openStudyOf(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Alt+1');
  await studyRow(page, text).dblclick();
  await waitForPicture(page);
}

export async function chooseLayout(page: Page, columns: number, rows: number): Promise<void> {
  await page.getByTestId('layout-picker').click();
  await page.getByTestId(`layout-${columns}x${rows}`).click();
}

/** Takes away the messages that lie over the lower right of the screen. */
export async function dismissNotices(page: Page): Promise<void> {
  const buttons = page.getByTestId('notice').getByRole('button', { name: 'Dismiss' });
  while ((await buttons.count()) > 0) await buttons.first().click();
}
