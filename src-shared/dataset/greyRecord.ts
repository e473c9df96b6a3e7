/** What turns stored values into light, as one data set or functional group says it. Source: PS3.3 C.11.1, C.11.2. */
import type { Rescale, VoiFunction, VoiWindow } from '../dicom/records';
import type { DataSet } from './dataSet';
import type { IssueList } from './issueList';
import { Tag } from './tags';

/** Slope and intercept; `null` when the stored values are the modality values or the rescale cannot be used. */
export function readRescale(dataSet: DataSet, modality: string, issues: IssueList): Rescale | null {
  const hasSlope = dataSet.has(Tag.RescaleSlope);
  const hasIntercept = dataSet.has(Tag.RescaleIntercept);
  if (!hasSlope && !hasIntercept) return null;
  const slope = dataSet.number(Tag.RescaleSlope);
  const intercept = dataSet.number(Tag.RescaleIntercept);
  if (slope === null || slope === 0 || intercept === null) {
    issues.add(
      'rescale-invalid',
      'Rescale Slope or Intercept is missing or no usable number; stored values are shown.',
    );
    return null;
  }
  return { slope, intercept, unit: unitOf(dataSet, modality) };
}

function unitOf(dataSet: DataSet, modality: string): string {
  const type = dataSet.text(Tag.RescaleType);
  if (type !== '') return type;
  return modality === 'CT' ? 'HU' : dataSet.text(Tag.Units, 'CS');
}

export function readVoiFunction(dataSet: DataSet): VoiFunction {
  const written = dataSet.text(Tag.VoiLutFunction, 'CS').toUpperCase();
  return written === 'LINEAR_EXACT' || written === 'SIGMOID' ? written : 'LINEAR';
}

/** A LINEAR window is at least 1 wide, the others wider than 0. Source: PS3.3 C.11.2.1.2, C.11.2.1.3. */
export function readWindows(dataSet: DataSet, voiFunction: VoiFunction, issues: IssueList): VoiWindow[] {
  const centers = dataSet.numbers(Tag.WindowCenter);
  const widths = dataSet.numbers(Tag.WindowWidth);
  const explanations = dataSet.texts(Tag.WindowCenterWidthExplanation, 'LO');
  const windows: VoiWindow[] = [];
  centers.forEach((center, index) => {
    const width = widths[index] ?? null;
    const isUsable = width !== null && (voiFunction === 'LINEAR' ? width >= 1 : width > 0);
    if (center !== null && isUsable) windows.push({ center, width, explanation: explanations[index] ?? '' });
    else issues.add('window-invalid', 'A window of the file is not usable and was left out.');
  });
  return windows;
}
