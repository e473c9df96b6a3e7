/**
 * Which images of a series belong in one pile. A difference that makes pictures incomparable always splits (size,
 * orientation, echo …); one that may be an accident of the writer (acquisition, time, image type) splits only where
 * images lie at the same place, which is what needs an explanation.
 */
import { dot } from '../geometry/vectors';
import { nearestPlane, planeNormal } from './orientation';
import type { InstanceRecord } from './records';
import type { SplitReason } from './stack';

/** One frame of a series on its way into a stack. */
export interface SplitImage {
  readonly record: InstanceRecord;
}

export interface Pile<T extends SplitImage> {
  readonly images: readonly T[];
  readonly splitBy: readonly SplitReason[];
  readonly labels: readonly string[];
}

interface Criterion {
  readonly reason: SplitReason;
  isSame(a: InstanceRecord, b: InstanceRecord): boolean;
  label(record: InstanceRecord): string;
}

/** Directions this close are one orientation: a quarter of a degree covers rounding, no scanner steps less. */
const SAME_DIRECTION = Math.cos((0.25 * Math.PI) / 180);
const SAME_SPACING = 1e-3;
/** Positions this close are one, in millimetres. */
export const SAME_POSITION_MM = 0.01;

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_SPACING * Math.max(a, b);

function isSameOrientation({ plane: a }: InstanceRecord, { plane: b }: InstanceRecord): boolean {
  if (!a || !b) return a === b;
  return (
    dot(a.rowDirection, b.rowDirection) >= SAME_DIRECTION && dot(a.columnDirection, b.columnDirection) >= SAME_DIRECTION
  );
}

function isSameSpacing({ spacing: a }: InstanceRecord, { spacing: b }: InstanceRecord): boolean {
  if (!a || !b) return a === b;
  return isNear(a.rowMm, b.rowMm) && isNear(a.columnMm, b.columnMm);
}

function orientationLabel({ plane }: InstanceRecord): string {
  if (!plane) return 'No position';
  const { plane: name, obliquityDeg } = nearestPlane(planeNormal(plane));
  return obliquityDeg < 1 ? name : `${name} ${obliquityDeg.toFixed(0)}° oblique`;
}

const isLocalizer = ({ imageType }: InstanceRecord): boolean => imageType.includes('LOCALIZER');

const formatKey = ({ pixels }: InstanceRecord): string =>
  pixels
    ? `${pixels.bitsAllocated} bit ${pixels.isSigned ? 'signed ' : ''}${pixels.photometricInterpretation} ${pixels.sampleKind}`
    : '';

const sizeLabel = ({ pixels }: InstanceRecord): string => (pixels ? `${pixels.columns} × ${pixels.rows}` : '');

const echoLabel = ({ echoTimeMs, echoNumber }: InstanceRecord): string => {
  if (echoTimeMs !== null) return `TE ${Number(echoTimeMs.toFixed(2))} ms`;
  return echoNumber === null ? 'No echo' : `Echo ${echoNumber}`;
};

/** A criterion by a value that is compared as it is. */
function byValue(
  reason: SplitReason,
  value: (record: InstanceRecord) => string | number | null,
  label: (record: InstanceRecord) => string,
): Criterion {
  return { reason, isSame: (a, b) => value(a) === value(b), label };
}

const said = (word: string, value: string | number | null): string => (value === null ? '' : `${word} ${value}`);

const ALWAYS: readonly Criterion[] = [
  byValue(
    'localizer',
    (record) => Number(isLocalizer(record)),
    (record) => (isLocalizer(record) ? 'Localizer' : ''),
  ),
  { reason: 'orientation', isSame: isSameOrientation, label: orientationLabel },
  byValue('matrix-size', sizeLabel, sizeLabel),
  byValue('pixel-format', formatKey, formatKey),
  {
    reason: 'pixel-spacing',
    isSame: isSameSpacing,
    label: ({ spacing }) => (spacing ? `${spacing.rowMm.toFixed(3)} mm pixels` : ''),
  },
  {
    reason: 'echo',
    isSame: (a, b) => a.echoTimeMs === b.echoTimeMs && a.echoNumber === b.echoNumber,
    label: echoLabel,
  },
];

/** In the order in which they explain images at one place best. */
const ON_REPEAT: readonly Criterion[] = [
  byValue(
    'b-value',
    (record) => record.diffusionBValue,
    ({ diffusionBValue }) => said('b', diffusionBValue),
  ),
  byValue(
    'temporal-position',
    (record) => record.temporalPosition,
    ({ temporalPosition }) => said('Time point', temporalPosition),
  ),
  byValue(
    'image-type',
    (record) => record.imageType.join('\\'),
    ({ imageType }) => imageType.slice(2).join(' '),
  ),
  byValue(
    'acquisition',
    (record) => record.acquisitionNumber,
    ({ acquisitionNumber }) => said('Acquisition', acquisitionNumber),
  ),
  byValue(
    'temporal-position',
    (record) => record.triggerTimeMs,
    ({ triggerTimeMs }) => said('Trigger', triggerTimeMs) + ' ms',
  ),
  byValue(
    'temporal-position',
    (record) => record.acquisitionTime,
    ({ acquisitionTime }) => acquisitionTime,
  ),
  byValue(
    'temporal-position',
    (record) => record.contentTime,
    ({ contentTime }) => contentTime,
  ),
];

/** Groups in order of first appearance. */
function grouped<T extends SplitImage>(images: readonly T[], criterion: Criterion): T[][] {
  const groups: { readonly first: InstanceRecord; readonly members: T[] }[] = [];
  for (const image of images) {
    const group = groups.find(({ first }) => criterion.isSame(first, image.record));
    if (group) group.members.push(image);
    else groups.push({ first: image.record, members: [image] });
  }
  return groups.map(({ members }) => members);
}

function divided<T extends SplitImage>(
  pile: Pile<T>,
  groups: readonly (readonly T[])[],
  criterion: Criterion,
): Pile<T>[] {
  return groups.map((images) => {
    const record = images[0]?.record;
    return {
      images,
      splitBy: [...pile.splitBy, criterion.reason],
      labels: [...pile.labels, record ? criterion.label(record) : ''],
    };
  });
}

/** Images that turn from one to the next (a rotating projection) belong together although none has a twin. */
function isRotation(groups: readonly (readonly unknown[])[]): boolean {
  return groups.length > 3 && groups.every(({ length }) => length === 1);
}

function splitAlways<T extends SplitImage>(pile: Pile<T>, criteria: readonly Criterion[]): Pile<T>[] {
  const [criterion, ...rest] = criteria;
  if (!criterion) return [pile];
  const groups = grouped(pile.images, criterion);
  const isKept = groups.length === 1 || (criterion.reason === 'orientation' && isRotation(groups));
  const piles = isKept ? [pile] : divided(pile, groups, criterion);
  return piles.flatMap((part) => splitAlways(part, rest));
}

/** The index of each image's place among the places of the pile, and how many images lie at the busiest one. */
function places<T extends SplitImage>(
  images: readonly T[],
): { readonly place: Map<T, number>; readonly busiest: number; readonly count: number } {
  const positioned = images
    .map((image) => ({ image, position: positionAlongNormal(image.record) }))
    .sort((a, b) => a.position - b.position);
  const place = new Map<T, number>();
  const occupants: number[] = [];
  let last = -Infinity;
  for (const { image, position } of positioned) {
    if (position - last > SAME_POSITION_MM) occupants.push(0);
    last = position;
    const index = occupants.length - 1;
    occupants[index] = (occupants[index] ?? 0) + 1;
    place.set(image, index);
  }
  return { place, busiest: Math.max(...occupants), count: occupants.length };
}

/** Signed distance from the patient origin along the image's own normal; 0 without a plane. */
function positionAlongNormal({ plane }: InstanceRecord): number {
  return plane ? dot(plane.position, planeNormal(plane)) : 0;
}

function splitRepeats<T extends SplitImage>(pile: Pile<T>, criteria: readonly Criterion[]): Pile<T>[] {
  if (pile.images.some(({ record }) => record.plane === null)) return [pile];
  const { busiest, count } = places(pile.images);
  // Everything at one place is a film, not a volume.
  if (busiest === 1 || count === 1) return [pile];
  for (const [index, criterion] of criteria.entries()) {
    const groups = grouped(pile.images, criterion);
    const isExplanation =
      groups.length > 1 && groups.length <= busiest && groups.every((group) => places(group).busiest < busiest);
    if (isExplanation) {
      const rest = criteria.slice(index + 1);
      return divided(pile, groups, criterion).flatMap((part) => splitRepeats(part, rest));
    }
  }
  return splitIntoPasses(pile);
}

/** The n-th image at each place, in the order given, makes the n-th pass. */
function splitIntoPasses<T extends SplitImage>(pile: Pile<T>): Pile<T>[] {
  const { place, busiest } = places(pile.images);
  const passes: T[][] = Array.from({ length: busiest }, () => []);
  const met = new Map<number, number>();
  for (const image of pile.images) {
    const at = place.get(image) ?? 0;
    const pass = met.get(at) ?? 0;
    met.set(at, pass + 1);
    passes[pass]?.push(image);
  }
  return passes.map((images, index) => ({
    images,
    splitBy: [...pile.splitBy, 'repeated-position'],
    labels: [...pile.labels, `Pass ${index + 1}`],
  }));
}

/** Splits images, given in the order of their instance numbers, into piles; each keeps that order. */
export function splitIntoPiles<T extends SplitImage>(images: readonly T[]): Pile<T>[] {
  if (images.length === 0) return [];
  const piles = splitAlways({ images, splitBy: [], labels: [] }, ALWAYS);
  return piles.flatMap((pile) => splitRepeats(pile, ON_REPEAT));
}
