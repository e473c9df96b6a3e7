/** What the person has chosen of a survey so far: plain data, beside the import it belongs to. */
import type { ImportChoice, Placement, SurveySource, SurveyTree } from '../../../../src-shared/contract';
import { isMappingValid, reconciliationOf, type MappingDraft } from './mapping';
import { carriedOver, type Excluded } from './selection';

export interface ChoiceDraft {
  readonly excluded: Excluded;
  /** `null`: as the sources have it by default. */
  readonly placement: Placement | null;
  /** By patient key. */
  readonly mappings: ReadonlyMap<string, MappingDraft>;
}

export const NO_CHOICE: ChoiceDraft = { excluded: new Set(), placement: null, mappings: new Map() };

/** The draft after the survey has found more. */
export function withTree(draft: ChoiceDraft, before: SurveyTree | null, after: SurveyTree): ChoiceDraft {
  if (before === null || draft.excluded.size === 0) return draft;
  return { ...draft, excluded: carriedOver(before, after, draft.excluded) };
}

export interface PlacementFacts {
  readonly placement: Placement;
  /** Why the files cannot be left where they are; `null`: they can. */
  readonly noReference: 'archive' | 'mapped' | null;
  /** Left where they are, they can be shown only while the medium is there. */
  readonly isRemovable: boolean;
}

/** Where the files will live, and what of that can be chosen. One source that has to be copied makes all copied. */
export function placementOf(sources: readonly SurveySource[], draft: ChoiceDraft, hasMapping: boolean): PlacementFacts {
  const isRemovable = sources.some((source) => source.isRemovable);
  const noReference = sources.some((source) => !source.canReference) ? 'archive' : hasMapping ? 'mapped' : null;
  const byDefault = sources.some(({ defaultPlacement }) => defaultPlacement === 'copy') ? 'copy' : 'reference';
  return { placement: noReference ? 'copy' : (draft.placement ?? byDefault), noReference, isRemovable };
}

export function isMapped(tree: SurveyTree, draft: ChoiceDraft): boolean {
  return reconciliationsOf(tree, draft).length > 0;
}

export function isChoiceValid(draft: ChoiceDraft): boolean {
  return [...draft.mappings.values()].every(isMappingValid);
}

/** As the import is told. */
export function choiceOf(sources: readonly SurveySource[], tree: SurveyTree, draft: ChoiceDraft): ImportChoice {
  const reconciliations = reconciliationsOf(tree, draft);
  return {
    excludedSeries: [...draft.excluded],
    placement: placementOf(sources, draft, reconciliations.length > 0).placement,
    reconciliations,
  };
}

function reconciliationsOf(tree: SurveyTree, { mappings }: ChoiceDraft): ImportChoice['reconciliations'] {
  return tree.patients.flatMap((patient) => {
    const draft = mappings.get(patient.key);
    const reconciliation = draft && reconciliationOf(patient, draft);
    return reconciliation ? [reconciliation] : [];
  });
}
