/** The library in browser mode: found by any name, narrowed by filters, kept searches, tags, trash and undo, patients, files kept aside. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { spherePhantom } from '../../src-shared/phantom/testPhantoms';
import { ballSeries, person, writeSeries } from '../fixtures/folders';
import { startInBrowser } from '../support/browserWorkstation';
import { builtNodeHost, chromiumPath } from '../support/programs';
import { dismissNotices, studyRow, waitForPicture } from '../support/reading';
import { keepScreenshot } from '../support/screenshots';
import { hasSharedData, sharedFolder, sharedTable } from '../support/sharedData';
import { skipUnless } from '../support/skip';
import type { Workstation } from '../support/workstation';

const whyNot = !existsSync(chromiumPath)
  ? `no Chromium at ${chromiumPath}`
  : !existsSync(builtNodeHost)
    ? 'not built: npm run build'
    : null;

const counts = (page: Page): Locator => page.getByTestId('library-counts');
const rows = (page: Page): Locator => page.locator('[role="treegrid"] [role="row"][data-key^="study:"]');
const search = (page: Page): Locator => page.getByRole('textbox', { name: 'Filter', exact: true });
const table = (page: Page): Locator => page.getByRole('treegrid');
const filterButton = (page: Page, name: string): Locator =>
  page.getByRole('toolbar', { name: 'Filters' }).getByRole('button', { name, exact: true });

async function expectCounts(page: Page, text: string | RegExp): Promise<void> {
  await vi.waitFor(async () => expect(await counts(page).textContent()).toMatch(text), { timeout: 10_000 });
}

const four = [
  person('Müller^Jürgen', 'LIB-1'),
  person('Yamada^Tarou=山田^太郎=やまだ^たろう', 'LIB-2'),
  person('Alpha^Anna', 'LIB-3'),
  { ...person('Alpha^Anna', 'LIB-4'), PatientID: 'LIB-3', StudyDate: '20240131', Modality: 'MR' },
];

skipUnless(whyNot === null, whyNot ?? '')('the library in browser mode', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'isocenter-library-e2e-'));
  const at = (name: string) => path.join(root, name);
  let workstation: Workstation;

  beforeAll(async () => {
    const series = four.map((attributes) => ({
      ...ballSeries(attributes),
      seed: String(attributes.AccessionNumber),
      folder: String(attributes.AccessionNumber),
    }));
    writeSeries(at('four'), ...series);
    const [first] = series;
    if (first) writeSeries(at('again'), first);
    // Another content of the same size under the same identity.
    const changed = path.join(at('again'), 'ACC-LIB-1', 'IM0003.dcm');
    const bytes = readFileSync(changed);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(changed, bytes);
    workstation = await startInBrowser({ dataDirectory: at('data'), paths: [at('four')] });
    await expectCounts(workstation.page, /^4 studies · 3 patients$/);
  });
  afterAll(async () => {
    await workstation.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it.each([
    ['muller jurgen', ['LIB-1']],
    ['山田', ['LIB-2']],
    ['たろう yamada', ['LIB-2']],
    ['alpha', ['LIB-3', 'LIB-3']],
    ['2024-01-31', ['LIB-3']],
  ])('finds %s', async (text, ids) => {
    const { page } = workstation;
    await search(page).fill(text);
    await expectCounts(page, new RegExp(`^${ids.length} of 4 studies`));
    expect(await rows(page).count()).toBe(ids.length);
    expect((await rows(page).allTextContents()).every((row, index) => row.includes(ids[index] ?? '?'))).toBe(true);
    await search(page).press('Escape');
    await expectCounts(page, /^4 studies/);
  });

  it('[LIB6] [LIB8] narrows by modality and date, each a chip that can be removed, and keeps the search over a reload', async () => {
    const { page, host } = workstation;
    await filterButton(page, 'Modality').click();
    await page.getByRole('checkbox', { name: /^CT/ }).click();
    await expectCounts(page, /^3 of 4 studies/);
    await page.keyboard.press('Escape');
    await filterButton(page, 'Date').click();
    await page.getByRole('textbox', { name: 'From' }).fill('2026-01');
    await page.getByRole('textbox', { name: 'From' }).press('Enter');
    await page.getByText('since 2026-01-01').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByRole('textbox', { name: 'Name' }).fill('CT since 2026');
    await page.getByRole('textbox', { name: 'Name' }).press('Enter');
    await page.getByRole('textbox', { name: 'Name' }).waitFor({ state: 'detached' });
    await keepScreenshot(page, host, 'library-filters');
    await page.getByRole('button', { name: 'Remove this filter: Modality' }).click();
    await expectCounts(page, /^3 of 4 studies/);
    await page.getByRole('button', { name: /^Clear filters/ }).click();
    await expectCounts(page, /^4 studies/);
    await page.reload();
    await expectCounts(page, /^4 studies/);
    await page.getByRole('button', { name: 'Saved', exact: true }).click();
    await page.getByRole('button', { name: 'CT since 2026' }).click();
    await expectCounts(page, /^3 of 4 studies/);
    await page.getByText('since 2026-01-01').waitFor();
  });

  it('[LIB8] applies a saved search from the palette', async () => {
    const { page } = workstation;
    await page.getByRole('button', { name: /^Clear filters/ }).click();
    await expectCounts(page, /^4 studies/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('search ct since');
    await page.keyboard.press('Enter');
    await expectCounts(page, /^3 of 4 studies/);
    await page.keyboard.press('Escape');
    await expectCounts(page, /^4 studies/);
  });

  it('tags several studies at once, and finds them by the tag', async () => {
    const { page } = workstation;
    await rows(page).nth(0).click();
    await rows(page)
      .nth(1)
      .click({ modifiers: ['Shift'] });
    await page.getByRole('toolbar', { name: 'Selected studies' }).getByText('2 selected').waitFor();
    await page.keyboard.press('t');
    await page.getByRole('textbox', { name: 'Find or add a tag' }).fill('Teaching');
    await page.keyboard.press('Enter');
    await vi.waitFor(async () => expect(await page.locator('.library-table .library-tag').count()).toBe(2));
    await page.keyboard.press('Escape');
    await search(page).fill('teaching');
    await expectCounts(page, /^2 of 4 studies/);
    await search(page).press('Escape');
  });

  it('writes a comment in place, which is kept and found', async () => {
    const { page } = workstation;
    await studyRow(page, 'LIB-2').click();
    await page.keyboard.press('c');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.type('Vergleich mit Voraufnahme');
    await page.keyboard.press('Control+Enter');
    await search(page).fill('voraufnahme');
    await expectCounts(page, /^1 of 4 studies/);
    await search(page).press('Escape');
    await page.getByRole('button', { name: 'Close the details' }).click();
  });

  it('gathers the studies of a patient in time order, the newest first', async () => {
    const { page, host } = workstation;
    await table(page).focus();
    await page.keyboard.press('g');
    await page.getByRole('row').filter({ hasText: 'Alpha, Anna' }).first().waitFor();
    await vi.waitFor(async () => expect(await page.locator('[data-key^="patient:"]').count()).toBe(3));
    await keepScreenshot(page, host, 'library-patients');
    const dates = (await rows(page).filter({ hasText: 'LIB-3' }).allTextContents()).map(
      (text) => /20\d\d-\d\d-\d\d/.exec(text.replace('1961-02-14', ''))?.[0],
    );
    expect(dates).toEqual(['2026-01-05', '2024-01-31']);
    await studyRow(page, 'LIB-3').click();
    await rows(page).filter({ hasText: 'LIB-3' }).first().click();
    await page.keyboard.press('Shift+G');
    await expectCounts(page, /^2 of 4 studies · 1 patient$/);
    await page.getByRole('button', { name: 'Remove this filter: Patient' }).click();
    await table(page).focus();
    await page.keyboard.press('g');
    await expectCounts(page, /^4 studies/);
  });

  it('[LIB11] moves several studies to the trash at once, and takes that back', async () => {
    const { page } = workstation;
    await dismissNotices(page);
    await rows(page).nth(0).click();
    await rows(page)
      .nth(2)
      .click({ modifiers: ['Control'] });
    await page.keyboard.press('Delete');
    await expectCounts(page, /^2 studies/);
    await page.getByTestId('notice').getByRole('button', { name: 'Undo' }).click();
    await expectCounts(page, /^4 studies/);
  });

  it('[LIB11] restores from the trash, and ends for good only after a question that says how much', async () => {
    const { page, host } = workstation;
    await dismissNotices(page);
    await table(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.press('x');
    await page.getByText('They can be restored as they were.').waitFor();
    await studyRow(page, 'LIB-1').click();
    await page.keyboard.press('r');
    await expectCounts(page, /^3 studies/);
    await studyRow(page, 'LIB-2').click();
    await page.keyboard.press('Shift+Delete');
    const question = page.getByRole('alertdialog');
    await question.getByText('Delete 1 study for good?').waitFor();
    await question.getByText(/files themselves stay where they are/).waitFor();
    await keepScreenshot(page, host, 'library-trash');
    await question.getByRole('button', { name: 'Delete for good' }).click();
    await expectCounts(page, /^2 studies/);
    expect(existsSync(path.join(at('four'), 'ACC-LIB-2', 'IM0001.dcm'))).toBe(true);
    await table(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('r');
    await page.keyboard.press('x');
    await expectCounts(page, /^3 studies/);
  });

  it('[LIB13] shows a file kept aside, and puts it in use when told to', async () => {
    const { page, host } = workstation;
    await workstation.openFolder(at('again'));
    await waitForPicture(page);
    await page.keyboard.press('Alt+1');
    const badge = studyRow(page, 'LIB-1').getByTestId('aside-badge');
    await badge.getByText('1', { exact: true }).waitFor();
    await studyRow(page, 'LIB-1').click();
    await page.keyboard.press('i');
    const item = page.locator('.library-aside li');
    await item.getByText(/ACC-LIB-1\/IM0003\.dcm/).waitFor();
    await keepScreenshot(page, host, 'library-aside');
    await item.getByRole('button', { name: 'Use this one' }).click();
    await vi.waitFor(async () => expect(await item.getByText('Forget').isEnabled()).toBe(true));
    expect(await badge.textContent()).toBe('1');
    await item.getByRole('button', { name: 'Forget' }).click();
    await badge.waitFor({ state: 'detached' });
  });

  it('has broken no policy and met nothing unexpected', () => {
    expect(workstation.watch).toEqual({ errors: [], violations: [], dialogs: [] });
  });
});

skipUnless(whyNot === null, whyNot ?? '')('a library longer than the screen', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'isocenter-long-e2e-'));
  let workstation: Workstation;

  beforeAll(async () => {
    const folder = path.join(root, 'many');
    for (let index = 0; index < 240; index++) {
      const id = `LONG-${String(index).padStart(3, '0')}`;
      const grid = { columns: 8, rows: 8, slices: 1 };
      writeSeries(folder, { ...spherePhantom({ seed: id, attributes: person(`Long^${id}`, id), grid }), folder: id });
    }
    workstation = await startInBrowser({ dataDirectory: path.join(root, 'data'), paths: [folder] });
    await expectCounts(workstation.page, /^240 studies/);
    // What was opened is shown and selected when all of it is in.
    await workstation.page.locator('[role="row"][aria-selected="true"]').waitFor();
  });
  afterAll(async () => {
    await workstation.stop();
    rmSync(root, { recursive: true, force: true });
  });

  /** Key and place of the row at the heading's lower edge; rows are in the page in no order. */
  const topRow = (page: Page) =>
    table(page).evaluate((element) => {
      const edge = element.getBoundingClientRect().top + 28;
      const row = [...element.querySelectorAll('[role="row"][data-key]')].find((each) => {
        const { top, bottom } = each.getBoundingClientRect();
        return top <= edge + 1 && bottom > edge + 1;
      });
      return { key: row?.getAttribute('data-key'), top: Math.round(row?.getBoundingClientRect().top ?? Number.NaN) };
    });

  it('[LIB4] what is on screen stays where it is when studies come back above it', async () => {
    const { page } = workstation;
    await table(page).focus();
    await page.keyboard.press('Home');
    await page.locator('[role="row"][data-index="0"][aria-selected="true"]').waitFor();
    for (let count = 0; count < 4; count += 1) await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('5 selected').waitFor();
    await page.keyboard.press('Delete');
    await expectCounts(page, /^235 studies/);
    await table(page).evaluate((element) => {
      element.scrollTop = 4011;
    });
    await vi.waitFor(async () => expect((await topRow(page)).key).toMatch(/^study:/));
    const before = await topRow(page);
    await page.getByTestId('notice').getByRole('button', { name: 'Undo' }).click();
    await expectCounts(page, /^240 studies/);
    expect(await topRow(page)).toEqual(before);
  });

  it('[LIB1] the end of the list is a key away, and everything is selected by one', async () => {
    const { page } = workstation;
    await table(page).focus();
    await page.keyboard.press('End');
    await page.locator('[role="row"][data-index="239"][aria-selected="true"][data-key^="study:"]').waitFor();
    await page.keyboard.press('Control+a');
    await page.getByText('240 selected').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('240 selected').waitFor({ state: 'detached' });
  });
});

const whyNoNames = whyNot ?? (hasSharedData ? null : 'the real files are not there');

skipUnless(whyNoNames === null, whyNoNames ?? '')('names of every script', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'isocenter-names-e2e-'));
  const dataDirectory = path.join(root, 'data');
  let workstation: Workstation;

  beforeAll(async () => {
    workstation = await startInBrowser({ dataDirectory, paths: [path.join(sharedFolder, 'charset')] });
    await expectCounts(workstation.page, /^\d+ stud/);
  });
  afterAll(async () => {
    await workstation.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('every group of every name finds its study', async () => {
    const { page, host } = workstation;
    const names = new Set(
      sharedTable('TRUTH.csv')
        .filter(({ path: file = '', patient_name_utf8: name = '' }) => file.startsWith('charset/') && name !== '')
        .flatMap(({ patient_name_utf8: name = '' }) => name.split('=')),
    );
    for (const group of names) {
      await search(page).fill(group.replaceAll('^', ' '));
      await vi.waitFor(
        async () => {
          const shown = (await rows(page).allTextContents()).join('\n').replace(/[,\s]/g, '');
          expect(shown).toContain(group.replace(/[\^\s]/g, ''));
        },
        { timeout: 10_000 },
      );
    }
    await search(page).press('Escape');
    await keepScreenshot(page, host, 'library-names');
    expect(names.size).toBeGreaterThan(10);
  });
});
