/** The rail: the series of the open studies, each with its thumbnail; stacks below a series that was split. */
import { useRef, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { formatDate } from '../../../../src-shared/dicom/dates';
import { readableSeries } from '../../../viewing/hanging';
import { openStudiesStore, type OpenStudy } from '../../../viewing/openStudies';
import { screenStore } from '../../../viewing/screen';
import { visibleIndices } from '../../../viewing/screen';
import { t } from '../../../strings';
import { readableName } from '../bar/names';
import { SeriesCard } from './SeriesCard';
import './strip.css';

export function SeriesStrip() {
  const studies = useStore(openStudiesStore, (state) => state.studies);
  const hasSeveral = useStore(screenStore, ({ patientKeys }) => patientKeys.length > 1);
  const shownStacks = useStore(screenStore, shownStackKeys);
  const list = useRef<HTMLElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
    const index = cards.findIndex((card) => card === document.activeElement);
    const next = cards[index + (event.key === 'ArrowDown' ? 1 : -1)];
    if (index < 0 || !next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  };
  return (
    <nav
      ref={list}
      className="strip"
      aria-label={t('reading.rail.title')}
      data-testid="series-strip"
      onKeyDown={onKeyDown}
    >
      {studies.length === 0 && <p className="strip-hint">{t('reading.rail.empty')}</p>}
      {studies.map((study) => (
        <StudySection key={study.row.studyId} study={study} isNamed={hasSeveral} shownStacks={shownStacks} />
      ))}
    </nav>
  );
}

interface StudySectionProps {
  readonly study: OpenStudy;
  /** Several patients are on screen: every study says whose it is. */
  readonly isNamed: boolean;
  readonly shownStacks: string;
}

function StudySection({ study, isNamed, shownStacks }: StudySectionProps) {
  const series = readableSeries(study.series);
  const { row } = study;
  return (
    <section>
      <header className="strip-study">
        {isNamed && <em>{readableName(row.patient)}</em>}
        <strong>{formatDate(row.study.date) || t('reading.patient.unknownDate')}</strong>
        <span>{row.study.description}</span>
      </header>
      {series.length === 0 && <p className="strip-hint">{t('reading.rail.noImages')}</p>}
      <ul>
        {series.map((each) => (
          <SeriesCard key={each.seriesId} row={each} shownStacks={shownStacks} />
        ))}
      </ul>
    </section>
  );
}

/** `seriesId/stackId` of every stack on screen, in one string that changes only when they do. */
function shownStackKeys(state: ReturnType<typeof screenStore.getState>): string {
  return visibleIndices(state)
    .flatMap((index) => {
      const content = state.viewports[index]?.content;
      return content ? `|${String(content.seriesId)}/${content.stack.id}|` : [];
    })
    .join('');
}
