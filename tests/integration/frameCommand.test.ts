/** `dcm frame` as scripts use it: one line per file, frames counted from 1, raw values on request. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePart10 } from '../../src-shared/dataset/write';
import { dcm } from '../support/dcm';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'isocenter-frame-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Two frames of 2 × 2 pixels. */
const firstFrame = [1, 2, 3, 4];
const secondFrame = [5, 6, 7, 8];

function sha256(values: readonly number[]): string {
  return createHash('sha256').update(Uint8Array.from(values)).digest('hex');
}

/** `missingBytes`: how much of the file's end is cut off. */
function twoFrames(name: string, missingBytes = 0): string {
  const file = path.join(folder, name);
  const bytes = writePart10([
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.7.2' },
    { tag: 0x00080018, vr: 'UI', value: '2.25.7' },
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280008, vr: 'IS', value: '2' },
    { tag: 0x00280010, vr: 'US', value: 2 },
    { tag: 0x00280011, vr: 'US', value: 2 },
    { tag: 0x00280100, vr: 'US', value: 8 },
    { tag: 0x00280101, vr: 'US', value: 8 },
    { tag: 0x00280102, vr: 'US', value: 7 },
    { tag: 0x00280103, vr: 'US', value: 0 },
    { tag: 0x7fe00010, vr: 'OB', value: Uint8Array.from([...firstFrame, ...secondFrame]) },
  ]);
  writeFileSync(file, bytes.subarray(0, bytes.length - missingBytes));
  return file;
}

async function frame(...args: string[]) {
  const { status, stdout } = await dcm(['frame', ...args, '--json']);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  return { status, lines };
}

describe('dcm frame', () => {
  it('prints all frames of a file as one object a line', async () => {
    const file = twoFrames('with spaces and Ü.dcm');
    expect(await frame(file)).toEqual({
      status: 0,
      lines: [
        {
          path: file,
          transferSyntax: '1.2.840.10008.1.2.1',
          rows: 2,
          columns: 2,
          samples: 1,
          frames: 2,
          bitsAllocated: 8,
          bitsStored: 8,
          signed: false,
          photometric: 'MONOCHROME2',
          bytes: 8,
          sha256: sha256([...firstFrame, ...secondFrame]),
        },
      ],
    });
  });

  it('counts frames from 1', async () => {
    const { lines } = await frame(twoFrames('two.dcm'), '--frame', '2');
    expect(lines).toMatchObject([{ frames: 2, bytes: 4, sha256: sha256(secondFrame) }]);
  });

  it('goes on behind a file that fails, in order, and says so with its status', async () => {
    const good = twoFrames('good.dcm');
    const missing = path.join(folder, 'missing.dcm');
    const { status, lines } = await frame(missing, good, '--frame', '2');
    expect(status).toBe(1);
    expect(lines).toMatchObject([
      { path: missing, error: { code: 'file/not-found' } },
      { path: good, sha256: sha256(secondFrame) },
    ]);
  });

  it('refuses a frame that is not there', async () => {
    const { status, lines } = await frame(twoFrames('two.dcm'), '--frame', '3');
    expect({ status, lines }).toMatchObject({ status: 1, lines: [{ error: { code: 'pixels/no-such-frame' } }] });
  });

  it('writes the values of good files one behind the other, and nothing of a file that is cut', async () => {
    const raw = path.join(folder, 'values.raw');
    const cut = twoFrames('cut.dcm', 2);
    const { lines } = await frame(twoFrames('a.dcm'), cut, twoFrames('b.dcm'), '--out', raw);
    expect(lines).toMatchObject([{ bytes: 8 }, { error: { code: 'pixels/truncated' } }, { bytes: 8 }]);
    const both = [...firstFrame, ...secondFrame];
    expect([...readFileSync(raw)]).toEqual([...both, ...both]);
  });

  it.each([[['--frame', '0']], [['--frame', 'first']], [['--nonsense']]])('does not understand %j', async (args) => {
    const { status } = await dcm(['frame', twoFrames('two.dcm'), ...args]);
    expect(status).toBe(2);
  });
});
