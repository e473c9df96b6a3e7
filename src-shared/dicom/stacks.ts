/** A series' images as the piles that a person scrolls through. */
import { dot, type Vector3 } from '../geometry/vectors';
import { planeNormal } from './orientation';
import type { ImagePlane, InstanceRecord, Issue } from './records';
import type { SplitReason, Stack, StackImage } from './stack';
import { measureStack } from './stackGeometry';
import { SAME_POSITION_MM, splitIntoPiles, type Pile } from './stackSplitting';

/** Cosine of the angle up to which images share a normal: half a degree. */
const SAME_DIRECTION = Math.cos((0.5 * Math.PI) / 180);

/** An instance of the library with its image. */
export interface SeriesImage {
  readonly instanceId: number;
  readonly record: InstanceRecord;
  /** The file is not where it was. */
  readonly isMissing: boolean;
}

/**
 * The stacks of one series, largest first. Single images are split and sorted by position along their normal where they
 * have one, else by instance number; each multi-frame object is a stack of its own, by frame number. Instances without
 * pixels are left out.
 */
export function stacksOf(images: readonly SeriesImage[]): Stack[] {
  const pictured = images.filter(({ record }) => record.pixels !== null);
  const isMultiFrame = ({ record }: SeriesImage): boolean => (record.pixels?.frames ?? 1) > 1;
  const single = pictured.filter((image) => !isMultiFrame(image)).sort(byInstanceNumber);
  const multiFrame = pictured.filter(isMultiFrame).sort(byInstanceNumber);
  const piles = splitIntoPiles(single);
  const isAlone = piles.length + multiFrame.length <= 1;
  const stacks = [
    ...piles.map((pile) => stackOfPile(pile, multiFrame.length > 0)),
    ...multiFrame.map((image) => stackOfFrames(image, isAlone)),
  ];
  return withDistinctLabels(stacks.sort((a, b) => b.images.length - a.images.length));
}

function byInstanceNumber(a: SeriesImage, b: SeriesImage): number {
  const [first, second] = [a.record, b.record];
  const byNumber = compareNullable(first.instanceNumber, second.instanceNumber);
  if (byNumber !== 0) return byNumber;
  const byTime = compareText(first.contentTime, second.contentTime);
  return byTime !== 0 ? byTime : compareText(first.sopInstanceUid, second.sopInstanceUid);
}

/** Unknown comes last. */
function compareNullable(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function stackOfPile(pile: Pile<SeriesImage>, isBesideMultiFrame: boolean): Stack {
  const isPlaced = isOneOrientation(pile);
  const normal = isPlaced && pile.images[0]?.record.plane ? planeNormal(pile.images[0].record.plane) : null;
  const images = pile.images.map(({ instanceId, record, isMissing }): StackImage => {
    const positionMm = normal && record.plane ? dot(record.plane.position, normal) : null;
    return { ref: { instanceId, frameIndex: 0 }, record, positionMm, isMissing };
  });
  const isSpread = images.some(({ positionMm }) => positionMm !== images[0]?.positionMm);
  // Sorting is stable, so images at one place keep the order of their instance numbers.
  if (isSpread) images.sort((a, b) => (a.positionMm ?? 0) - (b.positionMm ?? 0));
  const measured = isPlaced ? measurePlaces(images) : null;
  const splitBy: SplitReason[] = isBesideMultiFrame ? [...pile.splitBy, 'multi-frame'] : [...pile.splitBy];
  return {
    id: idOf(images),
    label: pile.labels.filter((label) => label !== '').join(' · '),
    splitBy: [...new Set(splitBy)],
    ordering: isSpread ? 'position' : 'instance-number',
    geometry: measured?.geometry ?? null,
    images,
    issues: [...(measured?.issues ?? []), ...orientationIssues(pile), ...missingIssues(images)],
  };
}

/** A film at one place has no spacing to measure: one plane stands for all. */
function measurePlaces(images: readonly StackImage[]): ReturnType<typeof measureStack> {
  const isSpread = images.some(({ positionMm }) => positionMm !== images[0]?.positionMm);
  const planes = images.flatMap(({ record }) => (record.plane ? [record.plane] : []));
  return measureStack(isSpread ? planes : planes.slice(0, 1));
}

/** A rotation is kept together; its images have planes, but no common one. */
function isOneOrientation({ images }: Pile<SeriesImage>): boolean {
  const planes = images.flatMap(({ record }) => (record.plane ? [record.plane] : []));
  return planes.length === images.length && commonNormal(planes) !== null;
}

function orientationIssues(pile: Pile<SeriesImage>): Issue[] {
  if (!pile.images[0]?.record.plane || isOneOrientation(pile)) return [];
  const message = 'Every image has its own orientation; they are sorted by instance number.';
  return [{ code: 'orientations-differ', message }];
}

function missingIssues(images: readonly StackImage[]): Issue[] {
  const count = images.filter(({ isMissing }) => isMissing).length;
  if (count === 0) return [];
  return [{ code: 'files-missing', message: `${count} of ${images.length} images are not where they were.` }];
}

/** Frames keep their order; where they lie is measured in the order of their positions. */
function stackOfFrames({ instanceId, record, isMissing }: SeriesImage, isAlone: boolean): Stack {
  const { framePlanes, ...shared } = record;
  const normal = commonNormal(framePlanes ?? []);
  const images = Array.from({ length: record.pixels?.frames ?? 1 }, (_, frameIndex): StackImage => {
    const plane = framePlanes?.[frameIndex] ?? record.plane;
    const positionMm = normal && plane ? dot(plane.position, normal) : null;
    const own = framePlanes ? { ...shared, plane } : record;
    return { ref: { instanceId, frameIndex }, record: own, positionMm, isMissing };
  });
  const measured = normal ? measureFrames(images) : measureStack(record.plane ? [record.plane] : []);
  const number = record.instanceNumber === null ? '' : ` ${record.instanceNumber}`;
  return {
    id: idOf(images),
    label: isAlone ? '' : `Multi-frame${number}`,
    splitBy: isAlone ? [] : ['multi-frame'],
    ordering: 'frame-number',
    geometry: measured?.geometry ?? null,
    images,
    issues: [...(measured?.issues ?? []), ...missingIssues(images)],
  };
}

/** `null` when frames look in different directions. */
function commonNormal(planes: readonly ImagePlane[]): Vector3 | null {
  const [first] = planes;
  if (!first) return null;
  const normal = planeNormal(first);
  return planes.every((plane) => dot(planeNormal(plane), normal) > SAME_DIRECTION) ? normal : null;
}

/** Each place once: frames of several passes lie at the same places. */
function measureFrames(images: readonly StackImage[]): ReturnType<typeof measureStack> {
  const sorted = [...images].sort((a, b) => (a.positionMm ?? 0) - (b.positionMm ?? 0));
  const places = sorted.filter(({ positionMm }, index) => {
    const before = sorted[index - 1]?.positionMm;
    return before === undefined || before === null || (positionMm ?? 0) - before > SAME_POSITION_MM;
  });
  return measureStack(places.flatMap(({ record }) => (record.plane ? [record.plane] : [])));
}

/** The first image names the stack: it stays first as long as the instances are the same. */
function idOf(images: readonly StackImage[]): string {
  const [first] = images;
  if (!first) return '';
  return first.record.sopInstanceUid || `instance-${first.ref.instanceId}`;
}

/** Two stacks of one label get their place in the list behind it. */
function withDistinctLabels(stacks: readonly Stack[]): Stack[] {
  const met = new Map<string, number>();
  return stacks.map((stack) => {
    const count = (met.get(stack.label) ?? 0) + 1;
    met.set(stack.label, count);
    return count === 1 ? stack : { ...stack, label: `${stack.label} (${count})`.trim() };
  });
}
