/** An instance's own record, put together from its data set. */
import { transferSyntaxOf } from '../dicom/transferSyntax';
import type { ImagePlane, InstanceRecord, PixelDescription } from '../dicom/records';
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

/** A plane holds for every frame, so one that changes from frame to frame is left out. */
function readPlane(groups: FunctionalGroups, frames: number, issues: IssueList): ImagePlane | null {
  const directions = readDirections(groups.macro(Tag.PlaneOrientationSequence), issues);
  const position = readPosition(groups.macro(Tag.PlanePositionSequence), issues);
  const isVarying =
    frames > 1 && (groups.isPerFrame(Tag.PlanePositionSequence) || groups.isPerFrame(Tag.PlaneOrientationSequence));
  return directions && position && !isVarying ? { position, ...directions } : null;
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
    plane: readPlane(groups, pixels?.frames ?? 1, issues),
    spacing: readSpacing(measures, issues),
    rescale: readRescale(groups.macro(Tag.PixelValueTransformationSequence), modality, issues),
    windows: readWindows(voi, voiFunction, issues),
    voiFunction,
    lossyRatios: readLossyRatios(dataSet, identity.transferSyntaxUid),
    frameTimeMs: positive(dataSet.number(Tag.FrameTime)),
    recommendedFramesPerSecond:
      positive(dataSet.number(Tag.RecommendedDisplayFrameRate)) ?? positive(dataSet.number(Tag.CineRate)),
    issues: issues.all(),
  };
}
