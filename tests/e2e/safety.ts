/** What must hold beyond the main story: patients kept apart, failures said, nothing lost, nothing run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { writeCtFolder } from '../bench/ctFolder';
import { brokenFiles, writeBrokenFiles } from '../fixtures/brokenFiles';
import { ballSeries, person, rampSeries, writeSeries } from '../fixtures/folders';
import { openStudyOf, shownUid, studyRow, viewport, waitForPicture } from '../support/reading';
import { keepScreenshot } from '../support/screenshots';
import type { StartWorkstation, Workstation } from '../support/workstation';

/** In a name `=` parts its groups, so the picture stands in the description. Source: PS3.5 6.2.1. */
const CANARY = { name: '<script>alert(1)</script>^<b>Bold</b>', description: '<img src=x onerror=alert(2)>' };

/** Tests that follow each other on one running workstation whose library is empty at first. */
export function safetyStories(start: StartWorkstation): void {
  const root = mkdtempSync(path.join(tmpdir(), 'isocenter-safety-'));
  const folder = (name: string) => path.join(root, name);
  let workstation: Workstation;

  beforeAll(async () => {
    writeSeries(
      folder('two'),
      rampSeries(person('First^Berta', 'SAFE-1')),
      ballSeries(person('Second^Carl', 'SAFE-2')),
    );
    writeSeries(folder('again'), ballSeries(person('Third^Dora', 'SAFE-3')));
    writeSeries(folder('dropped'), ballSeries(person('Fifth^Eva', 'SAFE-5')));
    writeSeries(
      folder('canary'),
      ballSeries({ ...person(CANARY.name, 'SAFE-4'), StudyDescription: CANARY.description }),
    );
    workstation = await start({ dataDirectory: folder('data') });
  });
  afterAll(async () => {
    await workstation.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('offers a demo study to an empty library, computes it and shows it', async () => {
    const { page, host } = workstation;
    await page.getByRole('button', { name: /Look at a demo study/ }).click();
    await page.locator('[data-testid="viewport-0"][data-status="ready"]').waitFor({ timeout: 150_000 });
    expect(await page.getByTestId('patient-name').textContent()).toMatch(/Phantom, Isocenter/);
    expect(await page.getByTestId('series-strip').locator('[data-entry]').count()).toBeGreaterThanOrEqual(4);
    await keepScreenshot(page, host, 'demo');
  });

  it('never shows two patients together, unless that is asked for and marked', async () => {
    const { page } = workstation;
    await page.keyboard.press('Alt+1');
    await workstation.openFolder(folder('two'));
    await studyRow(page, 'SAFE-1').waitFor();
    await studyRow(page, 'SAFE-2').waitFor();
    await openStudyOf(page, 'SAFE-1');
    await openStudyOf(page, 'SAFE-2');
    const names = page.getByTestId('overlay-top-left').locator('[data-line="name"]');
    expect([...new Set(await names.allTextContents())]).toEqual(['Second, Carl']);
    expect(await page.getByTestId('series-strip').locator('[data-entry]').allTextContents()).toEqual([
      expect.stringContaining('Ball phantom'),
    ]);
    expect(await page.getByTestId('several-patients').count()).toBe(0);
    await page
      .getByTestId('notice')
      .filter({ hasText: 'First, Berta was closed' })
      .getByRole('button', { name: 'Show both patients' })
      .click();
    await page.getByTestId('several-patients').waitFor();
    expect(await page.getByTestId('several-patients').textContent()).toMatch(/2 patients on screen/);
  });

  it('keeps the screen when the service process dies, says so, and has it again', async () => {
    const { page } = workstation;
    await openStudyOf(page, 'SAFE-1');
    const before = await shownUid(page);
    await workstation.killServices();
    await page.getByTestId('connection-banner').waitFor({ timeout: 15_000 });
    expect(await page.getByTestId('connection-banner').textContent()).toMatch(
      /stopped.*(on screen stays|screen is kept)/,
    );
    expect([await shownUid(page), await viewport(page).getAttribute('data-status')]).toEqual([before, 'ready']);
    await page.getByTestId('connection-banner').waitFor({ state: 'detached', timeout: 30_000 });
    await openStudyOf(page, 'SAFE-2');
    expect(await shownUid(page)).not.toBe(before);
  });

  it('gives the paths of a second start to the first window', async () => {
    const { page } = workstation;
    await page.keyboard.press('Alt+1');
    await workstation.startAgain(folder('again'));
    await waitForPicture(page);
    await vi.waitFor(async () => expect(await page.getByTestId('patient-name').textContent()).toMatch(/Third, Dora/), {
      timeout: 30_000,
    });
  });

  it('takes a folder that is dropped onto the window', async () => {
    const { page, host } = workstation;
    await page.keyboard.press('Alt+1');
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [folder('dropped')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 400, y: 400, data });
    await session.detach();
    // A browser hands over copies, which have to be taken into the library: that asks first.
    if (host === 'browser') {
      await page.getByText('Everything was looked at.').waitFor({ timeout: 30_000 });
      await page.keyboard.press('Control+Enter');
    }
    await vi.waitFor(async () => expect(await page.getByTestId('patient-name').textContent()).toBe('Fifth, Eva'), {
      timeout: 30_000,
    });
  });

  it('shows names from files as text, whatever they hold', async () => {
    const { page } = workstation;
    await page.keyboard.press('Alt+1');
    await workstation.openFolder(folder('canary'));
    await vi.waitFor(async () => expect(await page.getByTestId('patient-name').textContent()).toContain('<script>'), {
      timeout: 30_000,
    });
    await page.keyboard.press('Alt+1');
    expect(await studyRow(page, 'SAFE-4').textContent()).toContain(CANARY.description);
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  it('lists a thousand files; the longest task of the page meanwhile is printed', async () => {
    const { page, host } = workstation;
    writeCtFolder(folder('thousand'), 1000);
    await page.keyboard.press('Alt+1');
    await page.evaluate(() => {
      const longest = { ms: 0 };
      Object.assign(window, { longest });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest.ms = Math.max(longest.ms, duration);
      }).observe({ type: 'longtask' });
    });
    await workstation.openFolder(folder('thousand'));
    for (const study of [0, 1, 2, 3])
      await studyRow(page, `BENCH-${study}`).filter({ hasText: '250' }).waitFor({ timeout: 60_000 });
    const longestMs = await page.evaluate(() => (Reflect.get(window, 'longest') as { ms: number }).ms);
    console.log(
      `${host}: longest task while 1,000 files were opened: ${longestMs === 0 ? 'none over 50' : longestMs} ms`,
    );
  });

  it('names every file that it could not read, and reads the rest', async () => {
    const { page, host } = workstation;
    await page.keyboard.press('Alt+1');
    await workstation.openFolder(writeBrokenFiles(root));
    await page.getByRole('button', { name: 'Show report' }).first().click();
    const panel = page.locator('.app-dock');
    await panel.waitFor();
    await panel.getByRole('button', { name: /^All lines/ }).click();
    const names = brokenFiles().flatMap(({ name, verdict }) => (verdict === 'reads' ? [] : [name]));
    await vi.waitFor(async () => {
      const said = (await panel.textContent()) ?? '';
      expect(names.filter((name) => !said.includes(name))).toEqual([]);
    });
    await keepScreenshot(page, host, 'report');
    await openStudyOf(page, 'T-1').catch(() => undefined);
    await page.keyboard.press('End');
    await page.getByTestId('frame-error').first().waitFor({ timeout: 15_000 });
    await keepScreenshot(page, host, 'error');
    expect(await page.getByTestId('frame-error').first().textContent()).toMatch(/This image cannot be shown/);
  });

  it('has run nothing of what files said, and broken no policy', () => {
    expect(workstation.watch).toEqual({ errors: [], violations: [], dialogs: [] });
  });
}
