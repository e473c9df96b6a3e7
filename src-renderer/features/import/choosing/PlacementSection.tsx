import type { Placement, SurveySource, SurveyTree } from '../../../../src-shared/contract';
import { t } from '../../../strings';
import { Field, Segmented } from '../../../ui';
import { changeRunning } from '../importStore';
import { isMapped, placementOf, type ChoiceDraft } from './choice';

const PLACEMENTS: readonly Placement[] = ['copy', 'reference'];

export interface PlacementSectionProps {
  readonly sources: readonly SurveySource[];
  readonly tree: SurveyTree;
  readonly choice: ChoiceDraft;
}

/** Copy, or leave where they are; with the reason where there is no choice. */
export function PlacementSection({ sources, tree, choice }: PlacementSectionProps) {
  const facts = placementOf(sources, choice, isMapped(tree, choice));
  const options = PLACEMENTS.map((value) => ({
    value,
    label: t(`import.choice.placement.${value}`),
    isDisabled: value === 'reference' && facts.noReference !== null,
  }));
  return (
    <Field label={t('import.choice.placement.label')} hint={hintOf(facts)}>
      {() => (
        <Segmented
          label={t('import.choice.placement.label')}
          value={facts.placement}
          options={options}
          onChange={(placement) =>
            changeRunning((running) => ({ ...running, choice: { ...running.choice, placement } }))
          }
        />
      )}
    </Field>
  );
}

function hintOf({ placement, noReference, isRemovable }: ReturnType<typeof placementOf>): string {
  if (noReference === 'archive') return t('import.choice.placement.noReference');
  if (noReference === 'mapped') return t('import.choice.placement.mappedCopy');
  if (placement === 'copy') return t('import.choice.placement.copyHint');
  return isRemovable ? t('import.choice.placement.removableHint') : t('import.choice.placement.referenceHint');
}
