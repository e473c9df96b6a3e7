/**
 * What to decode next, from what every viewport shows. The order is remade from scratch whenever an interest changes, so
 * nothing is ever decoded because it was wanted once.
 *
 * 1. What is on screen, the viewport that moved last first.
 * 2. The neighbours of that viewport: further along its scroll direction, fewer behind.
 * 3. The neighbours of the other viewports.
 * 4. The rest of the stacks, outward from what is shown.
 *
 * It ends where the budget does: what would not fit beside what is more important is not asked for at all.
 */
import type { StackImage } from '../../src-shared/dicom/stack';
import { frameKey } from './frameKey';
import type { Interest } from './types';

/** How many images count as neighbours, ahead of the scroll and behind it. */
const AHEAD = 12;
const BEHIND = 4;

/** `interests`: most recently changed first. Missing files are never asked for unless they are shown. */
export function decodeOrder(interests: readonly Interest[], budgetBytes: number): readonly StackImage[] {
  const order = new Map<string, StackImage>();
  let bytes = 0;
  const add = (image: StackImage | undefined, isShown: boolean): boolean => {
    if (!image || order.has(frameKey(image.ref)) || (image.isMissing && !isShown)) return true;
    bytes += decodedSize(image);
    if (bytes > budgetBytes && !isShown) return false;
    order.set(frameKey(image.ref), image);
    return true;
  };
  for (const interest of interests) add(shownImage(interest), true);
  for (const interest of interests) {
    for (const image of neighbours(interest)) if (!add(image, false)) return [...order.values()];
  }
  for (const interest of interests) {
    for (const image of outward(interest)) if (!add(image, false)) return [...order.values()];
  }
  return [...order.values()];
}

export function shownImage({ stack, imageIndex }: Interest): StackImage | undefined {
  return stack.images[imageIndex];
}

/** Bytes of the frame once decoded, from its header; 16 MiB where the header does not say. */
export function decodedSize({ record: { pixels } }: StackImage): number {
  if (!pixels) return 16 * 2 ** 20;
  const count = pixels.rows * pixels.columns;
  const isColour = pixels.samplesPerPixel > 1 || pixels.photometricInterpretation === 'PALETTE COLOR';
  if (isColour) return count * 3;
  return count * Math.min(4, Math.max(1, Math.ceil(pixels.bitsAllocated / 8)));
}

/** Three ahead for each one behind. */
function* neighbours({ stack, imageIndex, direction }: Interest): Generator<StackImage | undefined> {
  for (let step = 1; step <= AHEAD; step += 1) {
    yield stack.images[imageIndex + step * direction];
    if (step % 3 === 0 && step / 3 <= BEHIND) yield stack.images[imageIndex - (step / 3) * direction];
  }
}

function* outward({ stack, imageIndex, direction }: Interest): Generator<StackImage | undefined> {
  for (let step = 1; step < stack.images.length; step += 1) {
    yield stack.images[imageIndex + step * direction];
    yield stack.images[imageIndex - step * direction];
  }
}
