import type { LineOutcome } from '../../../../src-shared/contract';
import { t } from '../../../strings';
import { classes } from '../../../ui';
import { isProblem } from './outcomes';

export interface OutcomeFilterProps {
  readonly outcomes: readonly { readonly outcome: LineOutcome; readonly count: string }[];
  /** How many lines there are in all. */
  readonly all: string;
  /** Empty: all. */
  readonly shown: ReadonlySet<LineOutcome>;
  readonly onChange: (shown: ReadonlySet<LineOutcome>) => void;
}

/** The counts of a report as switches: each shows or hides the lines it counts. */
export function OutcomeFilter({ outcomes, all, shown, onChange }: OutcomeFilterProps) {
  const turn = (outcome: LineOutcome) => {
    const next = new Set(shown);
    if (!next.delete(outcome)) next.add(outcome);
    onChange(next);
  };
  return (
    <div className="import-outcomes" role="group" aria-label={t('import.report.filters')}>
      <button
        type="button"
        className="import-outcome"
        aria-pressed={shown.size === 0}
        onClick={() => onChange(new Set())}
      >
        {t('import.report.all')} <span>{all}</span>
      </button>
      {outcomes.map(({ outcome, count }) => (
        <button
          key={outcome}
          type="button"
          className={classes('import-outcome', isProblem(outcome) && 'is-problem')}
          aria-pressed={shown.has(outcome)}
          onClick={() => turn(outcome)}
        >
          {t(`import.report.outcomes.${outcome}`)} <span>{count}</span>
        </button>
      ))}
    </div>
  );
}
