/** The wishes of a command line as the choice that an import waits for. */
import type { ImportChoice, Placement, SurveyTree } from '../../src-shared/contract';

export interface Wishes {
  /** Series Instance UIDs. */
  readonly excludedSeriesUids: readonly string[];
  /** Patient IDs that become others. */
  readonly patientIds: readonly { readonly from: string; readonly to: string }[];
}

export function choiceFrom({ patients }: SurveyTree, wishes: Wishes, placement: Placement): ImportChoice {
  const excluded = new Set(wishes.excludedSeriesUids);
  const newIds = new Map(wishes.patientIds.map(({ from, to }) => [from, to]));
  const series = patients.flatMap(({ studies }) => studies.flatMap((study) => study.series));
  return {
    placement,
    excludedSeries: series.filter((one) => excluded.has(one.series.seriesInstanceUid)).map(({ key }) => key),
    reconciliations: patients.flatMap(({ key, patient }) => {
      const patientId = newIds.get(patient.patientId);
      return patientId === undefined ? [] : [{ patientKey: key, patientId }];
    }),
  };
}
