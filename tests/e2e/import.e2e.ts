/** Bringing in a disc and archives in browser mode: what is asked, what is told, what the report says of each file. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ballSeries, person, writeSeries } from '../fixtures/folders';
import { writeProtectedZip } from '../fixtures/protectedZip';
import { writeSmallDisc, type SmallDisc } from '../fixtures/smallDisc';
import { startInBrowser } from '../support/browserWorkstation';
import { parseCsv } from '../support/csv';
import { builtNodeHost, chromiumPath } from '../support/programs';
import { dismissNotices, openStudyOf, studyRow, waitForPicture } from '../support/reading';
import { keepScreenshot } from '../support/screenshots';
import { skipUnless } from '../support/skip';
import type { Workstation } from '../support/workstation';

const whyNot = !existsSync(chromiumPath)
  ? `no Chromium at ${chromiumPath}`
  : !existsSync(builtNodeHost)
    ? 'not built: npm run build'
    : null;

const PASSWORD = 'Röntgen 1895';

const choicePanel = (page: Page): Locator => page.getByRole('region', { name: 'Import', exact: true });
const treeItem = (page: Page, text: string): Locator =>
  choicePanel(page).getByRole('treeitem').filter({ hasText: text }).first();

/** How the box of a row stands. */
const checkOf = (row: Locator) => row.getAttribute('aria-checked');

/** What was imported comes on screen by itself; then the library again. */
async function backFromReading(page: Page, name: string): Promise<void> {
  await page.getByTestId('patient-name').getByText(name).waitFor({ timeout: 30_000 });
  await waitForPicture(page);
  await page.keyboard.press('Alt+1');
}

async function showReport(page: Page): Promise<Locator> {
  await page.getByTestId('notice').getByRole('button', { name: 'Show report' }).last().click();
  const panel = page.getByRole('region', { name: 'Import report' });
  await panel.getByTestId('report-totals').waitFor();
  return panel;
}

skipUnless(whyNot === null, whyNot ?? '')('importing in browser mode', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'isocenter-import-e2e-'));
  const at = (name: string) => path.join(root, name);
  const zipped = { open: person('Zip^Zoe', 'ZIP-1'), kept: person('Kept^Kim', 'ZIP-2') };
  let disc: SmallDisc;
  let workstation: Workstation;

  beforeAll(async () => {
    disc = writeSmallDisc(at('disc'));
    await writeProtectedZip(at('open me.zip'), PASSWORD, [ballSeries(zipped.open)]);
    await writeProtectedZip(at('leave me.zip'), PASSWORD, [ballSeries(zipped.kept)]);
    workstation = await startInBrowser({ dataDirectory: at('data') });
  });
  afterAll(async () => {
    await workstation.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('keeps in the settings that local folders are copied too', async () => {
    const { page } = workstation;
    await page.getByRole('heading', { name: 'The library is empty' }).waitFor();
    await page.keyboard.press('Control+,');
    await page.getByRole('radiogroup', { name: 'Files of local folders' }).getByText('Copy into the library').click();
    await page.keyboard.press('Control+,');
    await page.reload();
    await page.getByRole('heading', { name: 'The library is empty' }).waitFor();
    await page.keyboard.press('Control+,');
    await page
      .getByRole('radiogroup', { name: 'Files of local folders' })
      .getByRole('radio', { name: 'Copy into the library', checked: true })
      .waitFor({ state: 'attached' });
    await page.keyboard.press('Control+,');
  });

  it('surveys a disc and says what its directory announces in vain', async () => {
    const { page, host } = workstation;
    await workstation.openFolder(at('disc'));
    await choicePanel(page).getByText('Everything was looked at.').waitFor();
    expect(await choicePanel(page).getByTestId('media-sentence').textContent()).toBe(
      `The directory announces ${String(disc.announced)} files: ${String(disc.found)} found, ` +
        `${String(disc.unreadable)} unreadable, ${String(disc.missing)} missing, ${String(disc.unlisted)} it does not list.`,
    );
    const { found, announced } = disc.series['Ramp phantom'];
    expect(await treeItem(page, 'Ramp phantom').getByTestId('found-of-announced').textContent()).toBe(
      `${String(found)} of ${String(announced)}`,
    );
    await keepScreenshot(page, host, 'import-choice');
  });

  it('takes a series out by keyboard; its study and patient stand for some', async () => {
    const { page } = workstation;
    await page.keyboard.press('Home');
    for (let row = 0; row < 10; row += 1) {
      if (await treeItem(page, 'Ball phantom').evaluate((item) => item.classList.contains('is-current'))) break;
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Space');
    expect(
      await Promise.all(['Disc, Dora', 'Study of DISC-1', 'Ramp', 'Ball'].map((row) => checkOf(treeItem(page, row)))),
    ).toEqual(['mixed', 'mixed', 'true', 'false']);
    const { found } = disc.series['Ramp phantom'];
    expect(await choicePanel(page).getByTestId('selection-sum').textContent()).toMatch(
      new RegExp(`1 of 2 series${String(found)} images`),
    );
  });

  it('copies what was chosen, and the report says exactly what became of each file', async () => {
    const { page, host } = workstation;
    await page.keyboard.press('Enter');
    await choicePanel(page).waitFor({ state: 'detached' });
    const panel = await showReport(page);
    const taken = disc.series['Ramp phantom'].found;
    const left = disc.series['Ball phantom'].found;
    const seen = taken + left + disc.unreadable + 2;
    expect(await panel.getByTestId('report-totals').textContent()).toBe(
      `${String(seen)} files were met: ${String(taken)} added, ${String(disc.unreadable)} could not be read, ` +
        `1 not DICOM, 1 DICOMDIR, ${String(left)} not chosen. Besides, ${String(disc.missing)} announced files are not there.`,
    );
    const lines = panel.getByRole('list', { name: 'Lines of the report' }).getByRole('listitem');
    await vi.waitFor(async () => expect(await lines.count()).toBe(disc.unreadable + disc.missing));
    await panel.getByRole('button', { name: /^Not DICOM/ }).click();
    await panel.getByText('README.TXT').waitFor();
    await keepScreenshot(page, host, 'import-report');
  });

  it('gives the report as a table with a line for every file', async () => {
    const { page } = workstation;
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save as CSV' }).click(),
    ]);
    const table = parseCsv(readFileSync(await download.path(), 'utf8'));
    const outcomes = Object.fromEntries(table.map(({ path: file = '', outcome = '' }) => [file, outcome] as const));
    const expected = Object.fromEntries(
      readdirSync(at('disc'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(at('disc'), path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
        .map((file) => [file, outcomeExpected(file)] as const),
    );
    expect(outcomes).toEqual({
      ...expected,
      'DICOM/RAMP/IM0001': 'announced-missing',
      'DICOM/RAMP/IM0002': 'announced-missing',
    });
    expect(table.filter(({ outcome, reason }) => outcome === 'rejected' && reason === '')).toEqual([]);
    expect(download.suggestedFilename()).toMatch(/^import-report-\d+\.csv$/);
  });

  it('has the chosen images in the library, readable when the disc is gone', async () => {
    const { page } = workstation;
    rmSync(at('disc'), { recursive: true });
    await page.keyboard.press('Alt+1');
    expect(await studyRow(page, disc.patientId).textContent()).toContain('Disc, Dora');
    await studyRow(page, disc.patientId).dblclick();
    await page.locator('[data-testid="viewport-0"][data-status="ready"]').waitFor({ timeout: 30_000 });
    expect(await page.getByTestId('viewport-0').getAttribute('data-image-count')).toBe(
      String(disc.series['Ramp phantom'].found),
    );
    await page.keyboard.press('Alt+1');
  });

  it('asks for the password of an archive in place, again when it was wrong, and opens it', async () => {
    const { page, host } = workstation;
    await dismissNotices(page);
    await workstation.openFolder(at('open me.zip'));
    const strip = page.getByTestId('import-password');
    await strip.getByText('“open me.zip” is protected by a password').waitFor();
    await strip.getByRole('textbox').fill('guess');
    await strip.getByRole('textbox').press('Enter');
    await strip.getByText('That password does not open “open me.zip”').waitFor();
    await keepScreenshot(page, host, 'import-password');
    await strip.getByRole('textbox').fill(PASSWORD);
    await strip.getByRole('textbox').press('Enter');
    await strip.waitFor({ state: 'detached' });
    await treeItem(page, 'Zip, Zoe').waitFor();
    const stays = choicePanel(page).getByRole('radio', { name: 'Leave where they are' });
    expect(await stays.isDisabled()).toBe(true);
    await choicePanel(page).getByText('Everything was looked at.').waitFor();
    await choicePanel(page).getByRole('button', { name: 'Import' }).click();
    await backFromReading(page, 'Zip, Zoe');
    await studyRow(page, 'ZIP-1').waitFor();
  });

  it('leaves an archive out when asked to, and says so', async () => {
    const { page } = workstation;
    await page.keyboard.press('Alt+1');
    await dismissNotices(page);
    await workstation.openFolder(at('leave me.zip'));
    await page.getByTestId('import-password').getByRole('button', { name: 'Leave this archive out' }).click();
    await vi.waitFor(
      async () => {
        if (await choicePanel(page).isVisible())
          await choicePanel(page).getByRole('button', { name: 'Cancel' }).click();
        expect(await page.getByTestId('notice').count()).toBeGreaterThan(0);
      },
      { timeout: 20_000 },
    );
    expect(await page.getByRole('treegrid').getByText('ZIP-2').count()).toBe(0);
  });

  it('maps a foreign patient to one of the library, and keeps the original in the copy', async () => {
    const { page, host } = workstation;
    await dismissNotices(page);
    const foreign = at('foreign');
    writeSeries(foreign, ballSeries({ ...person('Doe^Foreign', 'FOREIGN-9'), StudyDescription: 'From elsewhere' }));
    await workstation.openFolder(foreign);
    await choicePanel(page).getByText('Match “Doe, Foreign” to a local patient').click();
    const search = choicePanel(page).getByRole('textbox', { name: 'Find the patient in the library' });
    await search.fill('zoe');
    await choicePanel(page)
      .getByRole('button', { name: /Zip, Zoe/ })
      .click();
    expect(await choicePanel(page).getByLabel('Patient ID', { exact: true }).inputValue()).toBe('ZIP-1');
    await choicePanel(page).getByText('was FOREIGN-9').waitFor();
    await choicePanel(page).getByLabel('Accession number').fill('x'.repeat(17));
    await choicePanel(page).getByText('At most 16 characters.').waitFor();
    expect(await choicePanel(page).getByRole('button', { name: 'Import' }).isDisabled()).toBe(true);
    await choicePanel(page).getByLabel('Accession number').fill('LOCAL-7');
    await keepScreenshot(page, host, 'import-mapping');
    await choicePanel(page).getByRole('button', { name: 'Import' }).click();
    await backFromReading(page, 'Zip, Zoe');
    await studyRow(page, 'LOCAL-7').waitFor();
    expect(await studyRow(page, 'LOCAL-7').textContent()).toMatch(/Zip, Zoe.*ZIP-1/);
    expect(await page.getByRole('treegrid').getByText('FOREIGN-9').count()).toBe(0);
  });

  it('shows what the library takes, and verifies it', async () => {
    const { page, host } = workstation;
    await page.keyboard.press('Control+Shift+S');
    const panel = page.getByRole('region', { name: 'Storage' });
    await panel.getByText(/open me\.zip/).waitFor();
    await panel.getByRole('button', { name: 'Verify', exact: true }).click();
    await panel
      .getByTestId('check-report')
      .getByText(/everything is sound/)
      .waitFor({ timeout: 30_000 });
    await keepScreenshot(page, host, 'storage');
    await page.keyboard.press('Control+Shift+S');
  });

  it('has broken no policy and thrown nothing', () => {
    expect(workstation.watch).toEqual({ errors: [], violations: [], dialogs: [] });
  });
});

skipUnless(whyNot === null, whyNot ?? '')('a library that somebody else holds', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'isocenter-read-only-e2e-'));
  const dataDirectory = path.join(root, 'data');
  const folder = path.join(root, 'images');
  let workstation: Workstation;
  let holder: DatabaseSync | null = null;

  beforeAll(async () => {
    writeSeries(folder, ballSeries(person('Held^Hedda', 'HELD-1')));
    workstation = await startInBrowser({ dataDirectory, paths: [folder] });
    await waitForPicture(workstation.page);
    await workstation.stop();
    // What another Isocenter holds for as long as it lives; see the index's opening.
    holder = new DatabaseSync(path.join(dataDirectory, 'library.lock'));
    holder.exec('BEGIN EXCLUSIVE');
    workstation = await startInBrowser({ dataDirectory });
  });
  afterAll(async () => {
    await workstation.stop();
    holder?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('is open for reading, and says why nothing can be changed', async () => {
    const { page, host } = workstation;
    await page
      .getByTestId('read-only-banner')
      .getByText(/Another Isocenter is using this library/)
      .waitFor();
    await studyRow(page, 'HELD-1').waitFor();
    await page.keyboard.press('Control+o');
    expect(await page.getByRole('textbox', { name: 'Path' }).count()).toBe(0);
    await page.getByRole('button', { name: 'More ways to open' }).click();
    expect(await page.getByRole('menuitem', { name: /Open folder/ }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await keepScreenshot(page, host, 'read-only');
  });

  it('still shows images', async () => {
    await openStudyOf(workstation.page, 'HELD-1');
    expect(workstation.watch).toEqual({ errors: [], violations: [], dialogs: [] });
  });
});

/** On the disc as it was written, when only the ramp was chosen. */
function outcomeExpected(file: string): string {
  if (file === 'DICOMDIR') return 'directory';
  if (file === 'README.TXT') return 'not-dicom';
  if (file === 'DICOM/BALL/IM0001') return 'rejected';
  return file.startsWith('DICOM/RAMP/') ? 'added' : 'not-chosen';
}
