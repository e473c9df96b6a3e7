/** Our element reader against dicom-parser, an independent one: on every real file that both read, they agree. */
import dicomParser from 'dicom-parser';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import { walkElements } from '../../src-shared/dataset/elements';
import { recogniseDicom } from '../../src-shared/dataset/header';
import { locateDataSet } from '../../src-shared/dataset/part10';
import { filesBelow, hasSharedData, readShared, withSharedData } from '../support/sharedData';

type Bytes = Uint8Array<ArrayBuffer>;

/** Tag and length of each element before the pixel data; `null` when the reader refuses the file. */
type Elements = ReadonlyMap<number, number> | null;

/** Lengths of sequences depend on whether delimiters count, and deflated bytes on who inflates. */
function ours(file: Bytes): Elements {
  try {
    const located = recogniseDicom(file) === 'dicom' ? locateDataSet(file) : null;
    if (!located || located.isDeflated) return null;
    const walk = walkElements(located.bytes, located.start, located.encoding);
    if (walk.stop === 'short') return null;
    const plain = [...walk.elements.values()].filter(({ hasUndefinedLength }) => !hasUndefinedLength);
    return new Map(plain.map(({ tag, length }) => [tag, length]));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

function theirs(file: Bytes): Elements {
  try {
    const { elements } = dicomParser.parseDicom(file, { untilTag: 'x7fe00010' });
    const entries = Object.values(elements).map(
      ({ tag, length, hadUndefinedLength }) => [Number.parseInt(tag.slice(1), 16), length, hadUndefinedLength] as const,
    );
    const plain = entries.filter(([tag, , isOpen]) => isOpen !== true && tag >>> 16 !== 0x0002 && tag < 0x7fe00008);
    return new Map(plain.map(([tag, length]) => [tag, length]));
  } catch {
    return null;
  }
}

describe.skipIf(!hasSharedData)(`two readers${withSharedData}`, () => {
  it.each(['charset', 'dx', 'enhanced', 'mg', 'nm', 'pr', 'rt', 'seg', 'sr', 'ts', 'us', 'xa', 'series'])(
    'see the same elements in every file of %s',
    (folder) => {
      let compared = 0;
      for (const path of filesBelow(folder)) {
        const file = readShared(path);
        const [first, second] = [ours(file), theirs(file)];
        if (!first || !second) continue;
        expect([...first].sort(byTag), path).toEqual([...second].sort(byTag));
        compared += 1;
      }
      expect(compared).toBeGreaterThan(0);
    },
  );

  it('ours refuses nothing that the other one reads, but for files that are damaged', () => {
    const refused = filesBelow('.').filter((path) => {
      if (!path.includes('/') || path.startsWith('broken/')) return false;
      const file = readShared(path);
      return ours(file) === null && theirs(file) !== null;
    });
    expect(refused).toEqual([]);
  });
});

function byTag(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0];
}
