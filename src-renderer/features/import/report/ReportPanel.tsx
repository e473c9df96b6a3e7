import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { bytePaths, type ImportReport, type LineOutcome } from '../../../../src-shared/contract';
import { formatCount, formatDuration, t } from '../../../strings';
import { CopyButton, EmptyState, Panel } from '../../../ui';
import { importStore, reportShown, showReport } from '../importStore';
import { MediaSentences } from '../MediaSentences';
import { readReports } from '../tellOutcome';
import { endText } from './endText';
import { EarlierReports } from './EarlierReports';
import { LineList } from './LineList';
import { isProblem, lineCount, outcomesOf, problemCount, countOf } from './outcomes';
import { OutcomeFilter } from './OutcomeFilter';
import { reportText, sourceText, totalsSentence } from './reportText';
import { whenText } from './whenText';
import './report.css';

/** What an import met: a sentence, what the media announced, and every file with its outcome and reason. */
export function ReportPanel() {
  const state = useStore(importStore);
  const report = reportShown(state);
  useEffect(() => {
    readReports().catch(() => undefined);
  }, []);
  return (
    <Panel
      title={t('import.report.title')}
      closeLabel={t('app.common.close')}
      onClose={() => showReport(null)}
      actions={report && <Actions report={report} />}
    >
      {report ? (
        <div className="import-report">
          <Summary report={report} end={endText(report, state)} />
          <Lines key={report.importId} report={report} />
          <EarlierReports imports={state} shown={report} />
        </div>
      ) : (
        <EmptyState title={t('import.report.none')} body={t('import.report.noneBody')} />
      )}
    </Panel>
  );
}

function Actions({ report }: { readonly report: ImportReport }) {
  return (
    <>
      <CopyButton
        label={t('import.report.copy')}
        doneLabel={t('app.common.copied')}
        failedLabel={t('app.common.notCopied')}
        text={() => reportText(report)}
      />
      <a className="ui-button is-normal is-small" href={bytePaths.report(report.importId)} download>
        <Download size={14} strokeWidth={1.5} />
        {t('import.report.csv')}
      </a>
    </>
  );
}

interface SummaryProps {
  readonly report: ImportReport;
  /** How it ended; `''`: by itself. */
  readonly end: string;
}

function Summary({ report, end }: SummaryProps) {
  const place = report.placement === 'copy' ? 'copiedInto' : 'leftInPlace';
  return (
    <section className="ui-panel-section">
      <p className="import-report-source ui-selectable" title={report.paths.join('\n')}>
        {sourceText(report)}
      </p>
      <p className="is-faint">
        {whenText(report.startedAtMs)}
        {!report.wasInterrupted && ` · ${formatDuration(report.seconds)} · ${t(`import.report.${place}`)}`}
        {end !== '' && <span className="is-caution"> · {end}</span>}
      </p>
      <p className="import-report-totals ui-selectable" data-testid="report-totals">
        {totalsSentence(report)}
      </p>
      {report.media.length > 0 && <MediaSentences media={report.media} isOver={!report.wasCancelled} />}
    </section>
  );
}

function Lines({ report }: { readonly report: ImportReport }) {
  const [shown, setShown] = useState<ReadonlySet<LineOutcome>>(
    () => new Set(outcomesOf(report).filter((outcome) => isProblem(outcome))),
  );
  if (lineCount(report) === 0) return null;
  return (
    <>
      {problemCount(report) === 0 && !report.wasCancelled && (
        <p className="import-report-whole is-complete">{t('import.report.noProblems')}</p>
      )}
      <OutcomeFilter
        outcomes={outcomesOf(report).map((outcome) => ({ outcome, count: formatCount(countOf(report, outcome)) }))}
        all={formatCount(lineCount(report))}
        shown={shown}
        onChange={setShown}
      />
      <LineList report={report} shown={shown} />
    </>
  );
}
