import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePart10, type ElementList } from '../../src-shared/dataset/write';
import { hasAllFragments } from './fragments';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isocenter-fragments-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const compressed: ElementList = [
  { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.7' },
  { tag: 0x00080018, vr: 'UI', value: '2.25.1' },
  { tag: 0x7fe00010, vr: 'OB', value: { frames: [[new Uint8Array(100)], [new Uint8Array(60)]], hasOffsetTable: true } },
];
const padding: ElementList = [{ tag: 0xfffcfffc, vr: 'OB', value: new Uint8Array(20) }];

const write = (elements: ElementList) => writePart10(elements, { transferSyntaxUid: '1.2.840.10008.1.2.5' });

/** Ends inside the first fragment, as what a scan has read may do; behind it come 90 + 68 + 8 bytes. */
const PREFIX = write(compressed).length - (90 + 68 + 8);

function check(bytes: Uint8Array): boolean {
  const path = join(folder, 'object');
  writeFileSync(path, bytes);
  const descriptor = openSync(path, 'r');
  try {
    return hasAllFragments(Uint8Array.from(bytes.subarray(0, PREFIX)), { descriptor, sizeBytes: bytes.length });
  } finally {
    closeSync(descriptor);
  }
}

describe('fragments', () => {
  it.each([
    ['end with the file', write(compressed)],
    ['are followed by padding', write([...compressed, ...padding])],
  ])('are all there when they %s', (_case, bytes) => {
    expect(check(bytes)).toBe(true);
  });

  it('are not when the file was cut anywhere behind their first bytes', () => {
    const whole = write(compressed);
    const cuts = Array.from({ length: 60 }, (_, index) => whole.subarray(0, whole.length - 1 - index));
    expect(cuts.filter(check)).toEqual([]);
  });
});
