import { describe, expect, it } from 'vitest';
import { decodeOrder, decodedSize } from './schedule';
import { testPixels, testStack } from './testing';
import type { Interest } from './types';

const AMPLE = 1e9;

function ids(interests: readonly Interest[], budgetBytes = AMPLE): readonly number[] {
  return decodeOrder(interests, budgetBytes).map(({ ref }) => ref.instanceId);
}

describe('decodeOrder', () => {
  const moved: Interest = { stack: testStack(100, 60), imageIndex: 20, direction: 1 };
  const still: Interest = { stack: testStack(200, 60), imageIndex: 30, direction: -1 };

  it('asks for what is on screen first, the viewport that moved last before the others', () => {
    expect(ids([moved, still]).slice(0, 2)).toEqual([120, 230]);
  });

  it('then for the neighbours of the moved viewport, three along the scroll for one behind', () => {
    expect(ids([moved, still]).slice(2, 10)).toEqual([121, 122, 123, 119, 124, 125, 126, 118]);
  });

  it('then for the neighbours of the others, in their direction', () => {
    const order = ids([moved, still]);
    const first = order.findIndex((id) => id >= 200 && id !== 230);
    expect(order.slice(first, first + 4)).toEqual([229, 228, 227, 231]);
    expect(order.slice(2, first).every((id) => id < 200)).toBe(true);
  });

  it('then for every other image of the stacks, once', () => {
    const order = ids([moved, still]);
    expect(order.length).toBe(120);
    expect(new Set(order).size).toBe(120);
  });

  it('ends where the budget does, but never before what is on screen', () => {
    expect(ids([moved, still], 500)).toEqual([120, 230, 121, 122, 123]);
    expect(ids([moved, still], 0)).toEqual([120, 230]);
  });

  it('asks for one frame once when two viewports show the same stack', () => {
    const order = ids([moved, { ...moved, imageIndex: 22 }], 400);
    expect(order).toEqual([120, 122, 121, 123]);
  });

  it('leaves missing files out unless they are shown', () => {
    const stack = testStack(1, 3);
    const missing = { ...stack, images: stack.images.map((image) => ({ ...image, isMissing: true })) };
    expect(ids([{ stack: missing, imageIndex: 1, direction: 1 }])).toEqual([2]);
  });

  it('makes nothing of an index outside the stack', () => {
    expect(ids([{ stack: testStack(1, 0), imageIndex: 0, direction: 1 }])).toEqual([]);
  });
});

describe('decodedSize', () => {
  it.each([
    ['8 bits', testPixels(), 100],
    ['12 in 16 bits', testPixels({ bitsAllocated: 16, bitsStored: 12 }), 200],
    ['1 bit, a byte each once decoded', testPixels({ bitsAllocated: 1, bitsStored: 1 }), 100],
    ['doubles, kept as floats', testPixels({ bitsAllocated: 64, sampleKind: 'float64' }), 400],
    ['RGB', testPixels({ samplesPerPixel: 3 }), 300],
    ['palette', testPixels({ photometricInterpretation: 'PALETTE COLOR' }), 300],
  ])('%s', (_name, pixels, bytes) => {
    const [image] = testStack(1, 1).images;
    expect(image && decodedSize({ ...image, record: { ...image.record, pixels } })).toBe(bytes);
  });
});
