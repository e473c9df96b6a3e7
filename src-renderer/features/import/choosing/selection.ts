/**
 * What of a survey is wanted, kept as what is not: a series that is found later is wanted unless everything beside it
 * that was known had been taken out.
 */
import type { SurveyPatient, SurveySeries, SurveyStudy, SurveyTree } from '../../../../src-shared/contract';
import type { CheckState } from '../../../ui';

/** Keys of series. */
export type Excluded = ReadonlySet<string>;

export type SurveyNode = SurveyPatient | SurveyStudy | SurveySeries;

export function seriesOf(node: SurveyNode): readonly SurveySeries[] {
  if ('studies' in node) return node.studies.flatMap((study) => study.series);
  return Array.isArray(node.series) ? (node as SurveyStudy).series : [node as SurveySeries];
}

export function allSeries(tree: SurveyTree): readonly SurveySeries[] {
  return tree.patients.flatMap(seriesOf);
}

/** How the box of whatever holds these series stands. */
export function checkOf(series: readonly SurveySeries[], excluded: Excluded): CheckState {
  const wanted = series.filter(({ key }) => !excluded.has(key)).length;
  if (wanted === 0) return 'none';
  return wanted === series.length ? 'all' : 'some';
}

/** All become wanted, unless all were: then none is. Nothing else changes. */
export function toggled(series: readonly SurveySeries[], excluded: Excluded): Excluded {
  const next = new Set(excluded);
  const takesOut = checkOf(series, excluded) === 'all';
  for (const { key } of series) {
    if (takesOut) next.add(key);
    else next.delete(key);
  }
  return next;
}

/** A series that is new in a study (or a study in a patient) of which nothing was wanted is not wanted either. */
export function carriedOver(before: SurveyTree, after: SurveyTree, excluded: Excluded): Excluded {
  const known = new Set(allSeries(before).map(({ key }) => key));
  const next = new Set(excluded);
  for (const node of after.patients.flatMap((patient): SurveyNode[] => [patient, ...patient.studies])) {
    const series = seriesOf(node);
    const old = series.filter(({ key }) => known.has(key));
    if (old.length === 0 || checkOf(old, excluded) !== 'none') continue;
    for (const { key } of series) next.add(key);
  }
  return next;
}

export interface SelectionSum {
  /** Series of which something readable was found. */
  readonly series: number;
  readonly allSeries: number;
  /** Readable instances found in them. */
  readonly instances: number;
  /** Of those, in the library already. */
  readonly known: number;
  readonly bytes: number;
}

export function sumOf(tree: SurveyTree, excluded: Excluded): SelectionSum {
  const all = allSeries(tree).filter(({ found }) => found > 0);
  const wanted = all.filter(({ key }) => !excluded.has(key));
  const total = (of: (series: SurveySeries) => number) => wanted.reduce((sum, series) => sum + of(series), 0);
  return {
    series: wanted.length,
    allSeries: all.length,
    instances: total(({ found }) => found),
    known: total(({ known }) => known),
    bytes: total(({ bytes }) => bytes),
  };
}
