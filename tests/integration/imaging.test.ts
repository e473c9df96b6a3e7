/**
 * Frames through the real worker in a real Chromium, under the Content Security Policy of the product: fetched, opened,
 * decoded, cleaned. The truths are those of independent tools.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInstance } from '../../src-shared/dataset/instance';
import type { Stack, StackImage } from '../../src-shared/dicom/stack';
import type { LoadedFrame } from './imaging/page';

const CHROMIUM = process.env['ISOCENTER_CHROMIUM'] ?? '/usr/bin/chromium';
const DATA = path.resolve(import.meta.dirname, '../../../shared/data');
const CSP = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'";

/** Those that the codecs door opens. Source: PS3.6 Table A-1. */
const SUPPORTED = /^1\.2\.840\.10008\.1\.2(\.1|\.1\.99|\.2|\.5|\.4\.(50|51|55|57|70|80|81|90|91))?$/;

interface Truth {
  readonly path: string;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly isLossless: boolean;
}

function table(name: string): ReadonlyMap<string, string>[] {
  const [head = '', ...lines] = readFileSync(path.join(DATA, name), 'utf8').trim().split('\n');
  const keys = head.split(',');
  return lines.map((line) => new Map(line.split(',').map((cell, at) => [keys[at] ?? '', cell])));
}

/** The objects of one frame in the folder of transfer syntaxes. */
function truths(): Truth[] {
  return table('TRUTH.csv')
    .filter(
      (row) =>
        row.get('path')?.startsWith('ts/') && Number(row.get('frames') ?? 1) <= 1 && row.get('stored_min') !== '',
    )
    .map((row) => ({
      path: row.get('path') ?? '',
      min: Number(row.get('stored_min')),
      max: Number(row.get('stored_max')),
      mean: Number(row.get('stored_mean')),
      isLossless: row.get('lossless') === '1',
    }));
}

const hasData = existsSync(path.join(DATA, 'TRUTH.csv'));
const known = hasData ? truths() : [];
const files = known.map((truth) => path.join(DATA, truth.path));

const isNear = (found: number, expected: number, tolerance: number) => Math.abs(found - expected) <= tolerance;

function imageOf(file: string, instanceId: number): StackImage {
  const { header } = openInstance(new Uint8Array(readFileSync(file)));
  return { ref: { instanceId, frameIndex: 0 }, record: header.instance, positionMm: null, isMissing: false };
}

function stackOf(images: readonly StackImage[]): Stack {
  return { id: 'test', label: '', splitBy: [], ordering: 'instance-number', geometry: null, images, issues: [] };
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
};

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const id = /^\/bytes\/instance\/(\d+)$/.exec(url)?.[1];
    const file = id === undefined ? path.join(folder, url === '/' ? 'index.html' : url) : files[Number(id)];
    if (!file || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-security-policy', CSP);
    response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
    response.end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe.skipIf(!existsSync(CHROMIUM) || !hasData)('frames in the page (needs Chromium and the shared data)', () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'isocenter-imaging-'));
    await build({
      configFile: false,
      logLevel: 'error',
      root: path.join(import.meta.dirname, 'imaging'),
      worker: { format: 'es' },
      build: { outDir: folder, emptyOutDir: true, minify: false },
    });
    server = await serve(folder);
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
    });
    page = await browser.newPage();
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/`);
  });
  afterAll(async () => {
    await browser.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  const loadAll = (images: readonly StackImage[]): Promise<readonly LoadedFrame[]> =>
    page.evaluate((stack) => window.imaging.loadAll(stack), stackOf(images));

  it('has enough objects to judge by', () => {
    expect(known.length).toBeGreaterThan(90);
  });

  it('decodes every transfer syntax of this step to the stored values that other tools find', async () => {
    const images = files.map(imageOf);
    const loaded = await loadAll(images);
    const wrong = known.flatMap((truth, index) => {
      const frame = loaded[index];
      const record = images[index]?.record;
      if (!frame || !record) return [truth.path];
      if (!SUPPORTED.test(record.transferSyntaxUid)) {
        return frame.status === 'failed' && frame.code === 'pixels/unsupported-transfer-syntax' ? [] : [truth.path];
      }
      if (frame.status === 'failed') return [`${truth.path}: ${frame.code} ${frame.message}`];
      if (frame.kind === 'colour') return frame.sopInstanceUid === record.sopInstanceUid ? [] : [truth.path];
      const isRight = truth.isLossless
        ? isNear(frame.mean, truth.mean, 0.001) &&
          isNear(frame.min, truth.min, 1e-6) &&
          isNear(frame.max, truth.max, 1e-6)
        : isNear(frame.mean, truth.mean, 2);
      return isRight ? [] : [`${truth.path}: ${JSON.stringify(frame)} instead of ${JSON.stringify(truth)}`];
    });
    expect(wrong).toEqual([]);
  });

  it('shows nothing of a file that became another object, and says why', async () => {
    const [first, second] = files.map(imageOf);
    if (!first || !second) throw new Error('two files are needed');
    const replaced = { ...first, record: { ...first.record, sopInstanceUid: '2.25.404' } };
    const gone = { ...second, ref: { instanceId: 100_000, frameIndex: 0 } };
    const noSuchFrame = { ...second, ref: { instanceId: 1, frameIndex: 5 } };
    const loaded = await loadAll([replaced, gone, noSuchFrame, second]);
    expect(loaded.map((frame) => (frame.status === 'failed' ? frame.code : frame.sopInstanceUid))).toEqual([
      'pixels/mismatch',
      'file/not-found',
      'pixels/no-such-frame',
      second.record.sopInstanceUid,
    ]);
  });
});
