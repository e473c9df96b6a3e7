/** What was chosen of a survey, as the taking asks for it. */
import type { ImportChoice, Placement, Reconciliation } from '../../src-shared/contract';
import type { NewValues } from '../workers/scanTask';
import type { SeriesNode } from './survey';

export class ChosenImport {
  readonly #excluded: ReadonlySet<string>;
  readonly #reconciliations: ReadonlyMap<string, Reconciliation>;
  readonly placement: Placement;

  constructor({ excludedSeries, placement, reconciliations }: ImportChoice) {
    this.#excluded = new Set(excludedSeries);
    this.#reconciliations = new Map(reconciliations.map((one) => [one.patientKey, one]));
    this.placement = placement;
  }

  wants(series: SeriesNode): boolean {
    return !this.#excluded.has(series.key);
  }

  /** `null`: the files stay as they are. */
  newValues({ patientKey, studyKey }: SeriesNode): NewValues | null {
    const given = this.#reconciliations.get(patientKey);
    if (!given) return null;
    const { patientName, patientId, issuerOfPatientId } = given;
    const accessionNumber = given.accessionNumbers?.[studyKey];
    const values = {
      ...(patientName === undefined ? {} : { patientName }),
      ...(patientId === undefined ? {} : { patientId }),
      ...(issuerOfPatientId === undefined ? {} : { issuerOfPatientId }),
      ...(accessionNumber === undefined ? {} : { accessionNumber }),
    };
    return Object.keys(values).length === 0 ? null : values;
  }
}
