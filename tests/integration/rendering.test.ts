/**
 * Slices drawn in a real Chromium against pictures computed from the Standard's words: on SwiftShader, and on the
 * machine's own EGL, which is its GPU where it has one and Mesa's software otherwise.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases } from './rendering/cases';
import type { Picture } from './rendering/page';
import { referencePicture } from './rendering/reference';

const CHROMIUM = process.env['ISOCENTER_CHROMIUM'] ?? '/usr/bin/chromium';

const glPaths = [
  { name: 'SwiftShader', args: ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'] },
  { name: 'EGL', args: ['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'] },
];

const QUIET = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

let script = '';

beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: path.resolve(import.meta.dirname, 'rendering/page.ts'), formats: ['iife'], name: 'page' },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [];
  script = bundle?.output[0].code ?? '';
});

/** The largest difference in any channel, and where it is. */
function worst(picture: Picture, expected: Float64Array): { level: number; x: number; y: number } {
  const rgba = Buffer.from(picture.rgba, 'base64');
  const found = { level: 0, x: 0, y: 0 };
  for (let at = 0; at < expected.length; at += 1) {
    const pixel = Math.floor(at / 3);
    const difference = Math.abs((rgba[pixel * 4 + (at % 3)] ?? Number.NaN) - (expected[at] ?? 0));
    if (!(difference <= found.level)) {
      Object.assign(found, { level: difference, x: pixel % picture.width, y: Math.floor(pixel / picture.width) });
    }
  }
  return found;
}

describe.skipIf(!existsSync(CHROMIUM)).each(glPaths)('rendering on $name', ({ args }) => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, ...args] });
    page = await browser.newPage();
    await page.setContent('<body style="margin:0;background:#000"></body>');
    await page.addScriptTag({ content: script });
  });
  afterAll(async () => {
    await browser.close();
  });

  it('has the textures this path is meant to test', async () => {
    const { renderer, hasNorm16 } = await page.evaluate(() => window.rendering.glInfo());
    expect([/SwiftShader/.test(renderer), hasNorm16]).toEqual(
      args.includes('--use-angle=swiftshader') ? [true, false] : [false, true],
    );
  });

  describe.each([{ painter: 'gpu' as const }, { painter: 'processor' as const }])('by the $painter', ({ painter }) => {
    let pictures: readonly Picture[] = [];
    beforeAll(async () => {
      pictures = await page.evaluate((by) => window.rendering.drawCases(by), painter);
    });

    it.each(cases.map((one, index) => ({ name: one.name, one, index })))(
      'shows $name within one grey level',
      ({ one, index }) => {
        const picture = pictures[index];
        if (!picture) throw new Error('not drawn');
        expect([picture.kind, picture.width, picture.height]).toEqual([painter, one.width, one.height]);
        if (one.name === 'seen from afar') return;
        expect(worst(picture, referencePicture(one)).level).toBeLessThanOrEqual(1);
      },
    );
  });

  it('draws what is seen from afar the same way with and without a GPU', async () => {
    const index = cases.findIndex(({ name }) => name === 'seen from afar');
    const [gpu, processor] = await page.evaluate(
      (at) => [window.rendering.drawCases('gpu')[at], window.rendering.drawCases('processor')[at]],
      index,
    );
    if (!gpu || !processor) throw new Error('not drawn');
    const bytes = Buffer.from(processor.rgba, 'base64');
    const expected = Float64Array.from(
      { length: gpu.width * gpu.height * 3 },
      (_, at) => bytes[Math.floor(at / 3) * 4 + (at % 3)] ?? 0,
    );
    expect(worst(gpu, expected).level).toBeLessThanOrEqual(1);
  });

  it('draws 20 views with one context, each its own picture', async () => {
    expect(await page.evaluate(() => window.rendering.manyViews())).toEqual({
      contexts: 1,
      levels: Array.from({ length: 20 }, (_, index) => index * 12),
    });
  });

  it('has the picture back after its context was lost, in the end without a GPU', async () => {
    const seen = await page.evaluate(() => window.rendering.loseContext());
    const shown = { level: 99, uid: '2.25.1' };
    expect(seen).toEqual(['gpu', 'gpu', 'gpu', 'processor', 'processor'].map((kind) => ({ kind, ...shown })));
  });

  it('leaves drawing to a real GPU, but not to WebGL that is done in software', async () => {
    const { renderer } = await page.evaluate(() => window.rendering.glInfo());
    const kind = /swiftshader|llvmpipe/i.test(renderer) ? 'processor' : 'gpu';
    expect(await page.evaluate(() => window.rendering.automatic())).toEqual({ kind, level: 42 });
  });

  it('follows its container', async () => {
    expect(await page.evaluate(() => window.rendering.grow())).toEqual([
      { width: 50, height: 40, level: 200 },
      { width: 300, height: 40, level: 200 },
      { width: 120, height: 40, level: 200 },
    ]);
  });

  it('is black and nobody without a frame', async () => {
    expect(await page.evaluate(() => window.rendering.showAndClear())).toEqual([
      { level: 0, uid: null },
      { level: 150, uid: '2.25.1' },
      { level: 0, uid: null },
    ]);
  });
});
