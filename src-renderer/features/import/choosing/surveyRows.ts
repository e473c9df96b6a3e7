/** The survey as rows of a tree: patients ▸ studies ▸ series, of what is open. */
import type { SurveyPatient, SurveySeries, SurveyStudy, SurveyTree } from '../../../../src-shared/contract';
import type { CheckTreeRow } from '../../../ui';
import { checkOf, seriesOf, type Excluded, type SurveyNode } from './selection';

interface RowFrame extends CheckTreeRow {
  readonly series: readonly SurveySeries[];
  readonly patientKey: string;
}

export type SurveyRow = RowFrame &
  (
    | { readonly kind: 'patient'; readonly node: SurveyPatient }
    | { readonly kind: 'study'; readonly node: SurveyStudy }
    | { readonly kind: 'series'; readonly node: SurveySeries }
  );

const ROW_PX = 28;

/** Rows in order. `collapsed`: keys of patients and studies that are closed. */
export function surveyRows(tree: SurveyTree, excluded: Excluded, collapsed: ReadonlySet<string>): readonly SurveyRow[] {
  const frame = (node: SurveyNode, level: number, patientKey: string): RowFrame => {
    const series = seriesOf(node);
    const key = rowKey(level, node.key);
    const isExpanded = level < 3 ? { isExpanded: !collapsed.has(key) } : {};
    return { key, level, height: ROW_PX, series, patientKey, check: checkOf(series, excluded), ...isExpanded };
  };
  return tree.patients.flatMap((patient): SurveyRow[] => {
    const top = frame(patient, 1, patient.key);
    const studies = patient.studies.flatMap((study): SurveyRow[] => {
      const middle = frame(study, 2, patient.key);
      const series = study.series.map((each): SurveyRow => ({
        ...frame(each, 3, patient.key),
        kind: 'series',
        node: each,
      }));
      return [{ ...middle, kind: 'study', node: study }, ...(middle.isExpanded === true ? series : [])];
    });
    return [{ ...top, kind: 'patient', node: patient }, ...(top.isExpanded === true ? studies : [])];
  });
}

/** Keys are unique within a level only. */
function rowKey(level: number, key: string): string {
  return `${String(level)}:${key}`;
}

export interface FoundCounts {
  readonly found: number;
  /** As announced by a directory, as found where none lists the series; `null` where none lists any. */
  readonly expected: number | null;
  readonly known: number;
  readonly bytes: number;
}

export function countsOf(series: readonly SurveySeries[]): FoundCounts {
  const announced = series.filter((each) => each.announced !== null);
  const total = (of: (each: SurveySeries) => number) => series.reduce((sum, each) => sum + of(each), 0);
  return {
    found: total(({ found }) => found),
    expected: announced.length === 0 ? null : total((each) => each.announced ?? each.found),
    known: total(({ known }) => known),
    bytes: total(({ bytes }) => bytes),
  };
}
