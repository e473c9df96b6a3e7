import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import type { SurveySource, SurveyTree } from '../../../../src-shared/contract';
import { services } from '../../../host';
import { formatBytes, formatCount, t } from '../../../strings';
import { Button, classes, EmptyState, ProgressLine, Tooltip } from '../../../ui';
import { importStore, isAskingChoice, type RunningImport } from '../importStore';
import { MediaSentences } from '../MediaSentences';
import { cancelImport, takeChoice } from '../opening';
import { choiceOf, isChoiceValid } from './choice';
import { MappingSection } from './MappingSection';
import { PlacementSection } from './PlacementSection';
import { sumOf } from './selection';
import { SurveyTreeView } from './SurveyTreeView';
import type { SurveyRow } from './surveyRows';
import { TextSection } from './TextSection';
import './choosing.css';

/** Id of the panel, which a command moves the focus to. */
export const CHOICE_ID = 'import-choice';

/** Beside the library, while the survey waits for a choice: what is there, what of it is wanted, where it goes. */
export function ChoicePanel() {
  const isAsking = useStore(importStore, isAskingChoice);
  const running = useStore(importStore, (state) => state.running);
  if (!isAsking || !running?.tree) return null;
  return <Choice key={running.jobId} running={running} tree={running.tree} />;
}

interface ChoiceProps {
  readonly running: RunningImport;
  readonly tree: SurveyTree;
}

function Choice({ running, tree }: ChoiceProps) {
  const { sources, choice, isTreeComplete } = running;
  const panel = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState<SurveyRow | null>(null);
  const [isSending, setSending] = useState(false);
  const freeBytes = useFreeBytes();
  useFirstFocus(panel);

  const patient = tree.patients.find(({ key }) => key === current?.patientKey) ?? tree.patients[0];
  const sum = sumOf(tree, choice.excluded);
  const isReady = isChoiceValid(choice) && (sum.series > 0 || !isTreeComplete) && !isSending;
  const take = () => {
    if (!isReady) return;
    setSending(true);
    void takeChoice(choiceOf(sources, tree, choice)).then(() => setSending(false));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.key === 'Escape' && isField(event.target)) focusFirst(panel.current);
    else if (event.key === 'Escape') cancelImport();
    else if (event.key === 'Enter' && !isButton(event.target)) take();
    else return;
    event.preventDefault();
  };

  return (
    <section
      ref={panel}
      id={CHOICE_ID}
      className="import-choice"
      aria-label={t('import.choice.title')}
      onKeyDown={onKeyDown}
    >
      <header>
        <h2>
          {t('import.choice.title')} <span className="is-faint">{sourceWords(sources)}</span>
        </h2>
        <SurveyState running={running} />
      </header>
      {tree.media.length > 0 && <MediaSentences media={tree.media} isOver={isTreeComplete} />}
      {tree.patients.length === 0 ? (
        <Nothing isComplete={isTreeComplete} />
      ) : (
        <SurveyTreeView
          tree={tree}
          isComplete={isTreeComplete}
          choice={choice}
          currentKey={current?.key ?? null}
          onCurrent={setCurrent}
        />
      )}
      {patient && <MappingSection key={patient.key} surveyed={patient} draft={choice.mappings.get(patient.key)} />}
      <div className="import-choice-options">
        <PlacementSection sources={sources} tree={tree} choice={choice} />
        <TextSection characterSet={running.job.options.characterSet ?? null} />
      </div>
      <footer>
        <Sum sum={sum} freeBytes={freeBytes} />
        <Button tone="quiet" keys="Escape" onClick={cancelImport}>
          {t('import.choice.cancel')}
        </Button>
        <Tooltip text={isChoiceValid(choice) ? '' : t('import.choice.invalid')}>
          <Button tone="primary" keys="Enter" disabled={!isReady} onClick={take}>
            {t('import.choice.import')}
          </Button>
        </Tooltip>
      </footer>
    </section>
  );
}

function SurveyState({ running }: { readonly running: RunningImport }) {
  if (running.isTreeComplete) return <p className="is-faint">{t('import.choice.surveyed')}</p>;
  const found = formatCount(running.progress?.found ?? 0);
  return (
    <>
      <p className="is-faint">{t('import.choice.surveying', { found })}</p>
      <ProgressLine label={t('import.progress.surveying')} value={null} />
    </>
  );
}

function Nothing({ isComplete }: { readonly isComplete: boolean }) {
  if (!isComplete) return <p className="import-choice-nothing">{t('import.choice.nothingYet')}</p>;
  return (
    <div className="import-choice-nothing">
      <EmptyState title={t('import.choice.nothing')} body={t('import.choice.surveyed')} />
    </div>
  );
}

interface SumProps {
  readonly sum: ReturnType<typeof sumOf>;
  readonly freeBytes: number | null;
}

/** What is selected, how large, and whether it fits. */
function Sum({ sum, freeBytes }: SumProps) {
  if (sum.series === 0) return <p className="import-choice-sum">{t('import.choice.selection.nothing')}</p>;
  const isTooLarge = freeBytes !== null && sum.bytes > freeBytes;
  return (
    <p className="import-choice-sum" data-testid="selection-sum">
      <span>{t('import.choice.selection.sum', { count: sum.series, all: formatCount(sum.allSeries) })}</span>
      <span>{t('import.choice.selection.images', { count: sum.instances })}</span>
      <span>{formatBytes(sum.bytes)}</span>
      {freeBytes !== null && (
        <span className={classes(isTooLarge ? 'is-caution' : 'is-faint')}>
          {isTooLarge
            ? t('import.choice.selection.tooLarge', { missing: formatBytes(sum.bytes - freeBytes) })
            : t('import.choice.selection.free', { free: formatBytes(freeBytes) })}
        </span>
      )}
    </p>
  );
}

function sourceWords(sources: readonly SurveySource[]): string {
  const [first] = sources;
  if (sources.length === 1 && first) return t('import.choice.from', { label: first.label });
  return t('import.choice.from', { label: t('import.choice.sources', { count: sources.length }) });
}

function isButton(target: EventTarget): boolean {
  return target instanceof Element && target.closest('button, summary, select, a') !== null;
}

/** What is being typed is left by Escape; the import is not. */
function isField(target: EventTarget): boolean {
  return target instanceof Element && target.matches('input, select');
}

function focusFirst(panel: HTMLElement | null): void {
  panel?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
}

/** The panel answers to Enter and Escape at once, unless somebody is typing elsewhere. */
function useFirstFocus(panel: { readonly current: HTMLElement | null }): void {
  const hasTree = useStore(importStore, ({ running }) => (running?.tree?.patients.length ?? 0) > 0);
  useEffect(() => {
    const isTyping = document.activeElement?.matches('input, textarea, select') ?? false;
    if (!isTyping) focusFirst(panel.current);
  }, [panel, hasTree]);
}

/** Of the library's disk; `null` while it is not known. */
function useFreeBytes(): number | null {
  const [freeBytes, setFreeBytes] = useState<number | null>(null);
  useEffect(() => {
    services()
      .storage.usage()
      .then((usage) => setFreeBytes(usage.freeBytes))
      .catch(() => undefined);
  }, []);
  return freeBytes;
}
