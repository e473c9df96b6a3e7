/** An instance's own record, put together from its data set. */
import { transferSyntaxOf } from '../dicom/transferSyntax';
import type { ImagePlane, InstanceRecord, PixelDescription, Rescale } from '../dicom/records';
import type { DataSet } from './dataSet';
import { functionalGroups, type FunctionalGroups } from './functionalGroups';
import { readRescale, readVoiFunction, readWindows } from './greyRecord';
import type { IssueList } from './issueList';
import { readDirections, readPosition, readSpacing } from './planeRecord';
import { Tag } from './tags';

export interface InstanceIdentity {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
}

type Planes = Pick<InstanceRecord, 'plane' | 'framePlanes'>;

function planeOfFrame(groups: FunctionalGroups, frame: number, issues: IssueList): ImagePlane | null {
  const directions = readDirections(groups.macro(Tag.PlaneOrientationSequence, frame), issues);
  const position = readPosition(groups.macro(Tag.PlanePositionSequence, frame), issues);
  return directions && position ? { position, ...directions } : null;
}

/** One plane for all frames, or one for each; when a single frame has none that can be trusted, nobody has. */
function readPlanes(groups: FunctionalGroups, frames: number, issues: IssueList): Planes {
  const isVarying = groups.isPerFrame(Tag.PlanePositionSequence) || groups.isPerFrame(Tag.PlaneOrientationSequence);
  if (frames === 1 || !isVarying) return { plane: planeOfFrame(groups, 0, issues) };
  if (groups.frameCount < frames) return { plane: null };
  const planes = Array.from({ length: frames }, (_, frame) => planeOfFrame(groups, frame, issues));
  const framePlanes = planes.filter((plane) => plane !== null);
  return framePlanes.length === frames ? { plane: null, framePlanes } : { plane: null };
}

/** One rescale for all frames; where frames differ, stored values are shown rather than wrong ones. */
function readSharedRescale(groups: FunctionalGroups, modality: string, issues: IssueList): Rescale | null {
  const sequence = Tag.PixelValueTransformationSequence;
  const rescale = readRescale(groups.macro(sequence), modality, issues);
  if (!rescale || !groups.isPerFrame(sequence)) return rescale;
  for (let frame = 1; frame < groups.frameCount; frame += 1) {
    const other = readRescale(groups.macro(sequence, frame), modality, issues);
    if (other?.slope !== rescale.slope || other.intercept !== rescale.intercept) {
      issues.add('rescale-varies', 'The rescale differs from frame to frame; stored values are shown.');
      return null;
    }
  }
  return rescale;
}

/** Present: lossy, by its own word or by a transfer syntax that always is. Source: PS3.3 C.7.6.1.1.5. */
function readLossyRatios(dataSet: DataSet, transferSyntaxUid: string): readonly number[] | null {
  const isDeclared = dataSet.text(Tag.LossyImageCompression, 'CS') === '01';
  if (!isDeclared && transferSyntaxOf(transferSyntaxUid).lossy !== 'always') return null;
  return dataSet.numbers(Tag.LossyImageCompressionRatio).filter((ratio) => ratio !== null && ratio > 0) as number[];
}

function integer(value: number | null): number | null {
  return value !== null && Number.isSafeInteger(value) ? value : null;
}

function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

export function readInstanceRecord(
  dataSet: DataSet,
  identity: InstanceIdentity,
  { pixels, modality, issues }: { pixels: PixelDescription | null; modality: string; issues: IssueList },
): InstanceRecord {
  const groups = functionalGroups(dataSet);
  const measures = groups.macro(Tag.PixelMeasuresSequence);
  const voi = groups.macro(Tag.FrameVoiLutSequence);
  const voiFunction = readVoiFunction(voi);
  return {
    ...identity,
    instanceNumber: integer(dataSet.number(Tag.InstanceNumber)),
    acquisitionNumber: integer(dataSet.number(Tag.AcquisitionNumber)),
    acquisitionTime: dataSet.text(Tag.AcquisitionTime, 'TM'),
    contentTime: dataSet.text(Tag.ContentTime, 'TM'),
    imageType: dataSet.texts(Tag.ImageType),
    echoNumber: integer(dataSet.number(Tag.EchoNumbers)),
    echoTimeMs: dataSet.number(Tag.EchoTime),
    temporalPosition: integer(dataSet.number(Tag.TemporalPositionIdentifier)),
    triggerTimeMs: dataSet.number(Tag.TriggerTime),
    diffusionBValue: dataSet.number(Tag.DiffusionBValue, 'FD'),
    patientOrientation: dataSet.texts(Tag.PatientOrientation),
    laterality: dataSet.text(Tag.ImageLaterality, 'CS') || dataSet.text(Tag.Laterality, 'CS'),
    viewPosition: dataSet.text(Tag.ViewPosition, 'CS'),
    sliceThicknessMm: positive(measures.number(Tag.SliceThickness)),
    sliceLocationMm: dataSet.number(Tag.SliceLocation),
    pixels,
    ...readPlanes(groups, pixels?.frames ?? 1, issues),
    spacing: readSpacing(measures, issues),
    rescale: readSharedRescale(groups, modality, issues),
    windows: readWindows(voi, voiFunction, issues),
    voiFunction,
    lossyRatios: readLossyRatios(dataSet, identity.transferSyntaxUid),
    frameTimeMs: positive(dataSet.number(Tag.FrameTime)),
    recommendedFramesPerSecond:
      positive(dataSet.number(Tag.RecommendedDisplayFrameRate)) ?? positive(dataSet.number(Tag.CineRate)),
    issues: issues.all(),
  };
}
