import { deflateSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ctElements } from '../../tests/support/elements';
import { AppError } from '../base/appError';
import { inflateWithin } from './inflate';
import { openInstance } from './instance';
import { writeDataSet, writeMetaHeader, writePart10 } from './write';

const DEFLATED = '1.2.840.10008.1.2.1.99';
const MIB = 1024 * 1024;

/** A file of the deflated transfer syntax; the data set may be cut short after compression. */
function deflatedFile(keptBytes = Infinity): Uint8Array<ArrayBuffer> {
  const elements = ctElements();
  const head = [...new Uint8Array(128), ...new TextEncoder().encode('DICM'), ...writeMetaHeader(elements, DEFLATED)];
  return Uint8Array.from([...head, ...deflateSync(writeDataSet(elements)).subarray(0, keptBytes)]);
}

function codeOf(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
}

describe('deflated data sets', () => {
  it('[FIL5] read as if they were not', () => {
    const plain = openInstance(writePart10(ctElements()));
    const { header, encodedFrame } = openInstance(deflatedFile());
    expect(header).toEqual({ ...plain.header, instance: { ...plain.header.instance, transferSyntaxUid: DEFLATED } });
    expect(encodedFrame(0).bytes).toEqual(plain.encodedFrame(0).bytes);
  });

  it('[FIL3] that are cut are refused', () => {
    expect(codeOf(() => openInstance(deflatedFile(40)))).toBe('file/truncated');
  });
});

describe('inflateWithin', () => {
  const zeros = (bytes: number): Uint8Array<ArrayBuffer> => deflateSync(new Uint8Array(bytes));

  it('[FIL5] gives what the limit allows', () => {
    expect(inflateWithin(zeros(16 * MIB)).length).toBe(16 * MIB);
  });

  it('[FIL5] refuses what grows beyond it', () => {
    expect(codeOf(() => inflateWithin(zeros(20 * MIB)))).toBe('file/malformed');
  });

  it('stops early when less is wanted', () => {
    const noise = Uint8Array.from({ length: MIB }, (_, index) => Math.imul(index, 2_654_435_761) >>> 24);
    const inflated = inflateWithin(deflateSync(noise, { level: 0 }), 1000);
    expect(inflated.length).toBeGreaterThanOrEqual(1000);
    expect(inflated.length).toBeLessThan(MIB / 2);
    expect(inflated).toEqual(noise.subarray(0, inflated.length));
  });

  it('refuses what is no deflated stream', () => {
    expect(codeOf(() => inflateWithin(Uint8Array.of(0xff, 0xff, 0xff, 0xff)))).toBe('file/malformed');
  });
});
