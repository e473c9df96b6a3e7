/** What the corners say of an image, as lines; identity and laterality are there at every level. */
import { formatDate, formatTime } from '../../../../src-shared/dicom/dates';
import type { StackImage } from '../../../../src-shared/dicom/stack';
import type { OverlayLevel } from '../../../viewing/preferences';
import type { StackContent } from '../../../viewing/screen';
import { formatWithUnit, t, type StringKey } from '../../../strings';
import { readableAgeOrBirth, readableName } from '../bar/names';

export interface Line {
  /** For styling and tests; unique within its corner. */
  readonly kind: string;
  readonly text: string;
}

export interface Described {
  readonly content: StackContent;
  readonly image: StackImage;
  readonly level: OverlayLevel;
}

const full = (level: OverlayLevel, lines: readonly Line[]): readonly Line[] => (level === 'full' ? lines : []);
const unlessOff = (level: OverlayLevel, lines: readonly Line[]): readonly Line[] => (level === 'off' ? [] : lines);
const said = (lines: readonly Line[]): readonly Line[] => lines.filter(({ text }) => text !== '');
const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

/** Who. */
export function topLeftLines({ content, image, level }: Described): readonly Line[] {
  const { patient, study } = content;
  return said([
    { kind: 'name', text: readableName(patient) },
    { kind: 'patient-id', text: patient.patientId },
    ...unlessOff(level, [{ kind: 'person', text: joined(patient.sex, readableAgeOrBirth(patient)) }]),
    { kind: 'laterality', text: lateralityOf({ content, image }) },
    ...full(level, [{ kind: 'study-date', text: joined(formatDate(study.date), formatTime(study.time.slice(0, 4))) }]),
  ]);
}

/** What. */
export function topRightLines({ content, level }: Described): readonly Line[] {
  const { series, study, stack } = content;
  const number = series.number === null ? '' : t('reading.overlay.series', { number: series.number });
  return said([
    ...full(level, [
      { kind: 'institution', text: study.institution },
      { kind: 'study', text: study.description },
    ]),
    ...unlessOff(level, [
      { kind: 'series', text: joined(number, series.modality) },
      { kind: 'series-description', text: series.description },
      { kind: 'stack', text: stack.label },
    ]),
    ...full(level, [{ kind: 'split', text: splitReason(content) }]),
  ]);
}

/** `Split by echo, orientation`; `''` for a series that is one stack. */
export function splitReason({ stack }: StackContent): string {
  if (stack.splitBy.length === 0) return '';
  const reasons = stack.splitBy.map((reason) => t(`reading.split.${reason}`)).join(', ');
  return t('reading.split.reason', { reasons });
}

/**
 * Side and view of the image, in words that cannot be mistaken for an orientation letter; an unpaired part has no side.
 * Source: PS3.3 C.7.3.1.1.2, (0020,0062) and (0020,0060).
 */
export function lateralityOf({ content, image }: Pick<Described, 'content' | 'image'>): string {
  const side = image.record.laterality || content.series.laterality;
  const key = SIDES[side];
  return joined(key ? t(key) : '', image.record.viewPosition);
}

const SIDES: Readonly<Record<string, StringKey>> = {
  L: 'reading.overlay.laterality.L',
  R: 'reading.overlay.laterality.R',
  B: 'reading.overlay.laterality.B',
};

/** Where in the stack. */
export function sliceLines({ content, image, level }: Described, imageIndex: number): readonly Line[] {
  const { sliceThicknessMm } = image.record;
  const position =
    image.positionMm === null ? '' : t('reading.overlay.position', { value: millimetres(image.positionMm) });
  const thickness =
    sliceThicknessMm === null || content.stack.geometry === null
      ? ''
      : t('reading.overlay.thickness', { value: millimetres(sliceThicknessMm) });
  return said([
    ...full(level, [{ kind: 'position', text: joined(position, thickness) }]),
    ...unlessOff(level, [
      {
        kind: 'slice',
        text: t('reading.overlay.image', { number: imageIndex + 1, count: content.stack.images.length }),
      },
    ]),
  ]);
}

const millimetres = (value: number): string => formatWithUnit(Math.round(value * 10) / 10 + 0, 'mm');

/** `Lossy 12 : 1`; several ratios are those of successive steps, in their order. `''` when nothing was lost. */
export function lossyMark(ratios: readonly number[] | null): string {
  if (ratios === null) return '';
  const known = ratios.filter((ratio) => ratio > 0);
  if (known.length === 0) return t('reading.overlay.lossyUnknown');
  const steps = known.map((ratio) => t('reading.overlay.ratio', { ratio: Number(ratio.toPrecision(3)) }));
  return t('reading.overlay.lossy', { steps: steps.join(', ') });
}

/** Imperfections that a reader must know: of the stack's geometry first, then of this image. */
export function issueLines({ content, image }: Described): readonly Line[] {
  const all = [...content.stack.issues, ...image.record.issues];
  const once = new Map(all.map((issue) => [issue.message, issue]));
  return [...once.values()].map((issue) => ({ kind: issue.code, text: issue.message }));
}
