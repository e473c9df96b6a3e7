/** From found files to the survey: headers are read, counted, and forgotten but for where each file lies. */
import type { MediaEntry } from '../media/source';
import type { ScanResult } from '../workers/scanTask';
import type { BatchReading } from './batchReading';
import type { FileEnds } from './fileEnds';
import type { ImportParts } from './importParts';
import type { TakenItem } from './importTaking';
import type { ImportTally } from './importTally';
import type { Survey } from './survey';

export interface ImportSurveyingNeeds {
  readonly parts: Pick<ImportParts, 'store'>;
  readonly reading: BatchReading;
  readonly ends: FileEnds;
  readonly tally: ImportTally;
  readonly survey: Survey;
}

type Header = Extract<ScanResult, { kind: 'header' }>;

export class ImportSurveying {
  readonly #needs: ImportSurveyingNeeds;

  constructor(needs: ImportSurveyingNeeds) {
    this.#needs = needs;
  }

  /** Gives the instances; what else there is has its line. */
  async survey(entries: readonly MediaEntry[]): Promise<TakenItem[]> {
    const { reading, ends, tally } = this.#needs;
    const headers: { readonly entry: MediaEntry; readonly result: Header }[] = [];
    for (const { item, result } of await reading.read(
      entries.map((entry) => ({ entry })),
      false,
    )) {
      const { entry } = item;
      tally.surveyed += 1;
      ends.meet(entry, result);
      if (result.kind === 'header') headers.push({ entry, result });
      else ends.endOther(entry, result);
    }
    const known = this.#needs.parts.store.intake.knownUids(headers.map(({ result }) => result.header.sopUid));
    return headers.map(({ entry, result: { header, sizeBytes } }) => ({
      entry,
      series: this.#needs.survey.add(header, sizeBytes, known.has(header.sopUid)),
    }));
  }
}
