import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { ImportFailure, ImportReport } from '../../../src-shared/contract';
import { formatCount, formatDuration, t } from '../../strings';
import { CopyButton, EmptyState, Panel, PanelSection } from '../../ui';
import { importStore, reportShown, showReport } from './importStore';
import { readReports } from './opening';
import { reportFigures, reportText, splitPath } from './reportText';
import './import.css';

/** Lines drawn of a list; all are in the copied text. */
const LISTED = 200;
const EARLIER = 8;

/** What an opening met: counts, what failed and why, what was not DICOM. */
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
      actions={
        report && (
          <CopyButton
            label={t('import.report.copy')}
            doneLabel={t('app.common.copied')}
            failedLabel={t('app.common.notCopied')}
            text={() => reportText(report)}
          />
        )
      }
    >
      {report ? (
        <>
          <ReportFacts report={report} />
          <Failures report={report} />
          <Warnings report={report} />
          <NotDicom report={report} />
          <Earlier reports={state.reports} shown={report} />
        </>
      ) : (
        <EmptyState title={t('import.report.none')} body={t('import.report.noneBody')} />
      )}
    </Panel>
  );
}

function ReportFacts({ report }: { readonly report: ImportReport }) {
  const [first = '', ...others] = report.paths;
  return (
    <section className="ui-panel-section">
      <p className="import-path-text ui-selectable">{first}</p>
      {others.length > 0 && <p className="is-faint">{t('import.report.more', { count: others.length })}</p>}
      <p className="is-faint">
        {whenText(report.startedAtMs)} · {formatDuration(report.seconds)}
        {report.wasCancelled && ` · ${t('import.report.cancelled')}`}
      </p>
      <dl className="import-figures">
        {reportFigures(report).map(([label, value]) => (
          <div key={label} className={value === 0 ? 'is-zero' : undefined}>
            <dt>{label}</dt>
            <dd>{formatCount(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The file's name, after the folders below what was opened. */
function FilePath({ path, roots }: { readonly path: string; readonly roots: readonly string[] }) {
  const { folder, file } = splitPath(path, roots);
  return (
    <span className="import-path-text" title={path}>
      <span className="is-faint">{folder}</span>
      {file}
    </span>
  );
}

function Failures({ report }: { readonly report: ImportReport }) {
  return (
    <PanelSection title={t('import.report.failures')}>
      {report.failures.length === 0 && <p className="is-complete">{t('import.report.noFailures')}</p>}
      <Findings findings={report.failures} roots={report.paths} />
    </PanelSection>
  );
}

function Warnings({ report }: { readonly report: ImportReport }) {
  if (report.warnings.length === 0) return null;
  return (
    <PanelSection title={t('import.report.warnings')}>
      <Findings findings={report.warnings} roots={report.paths} />
    </PanelSection>
  );
}

interface FindingsProps {
  readonly findings: readonly ImportFailure[];
  readonly roots: readonly string[];
}

function Findings({ findings, roots }: FindingsProps) {
  return (
    <>
      <ul className="import-list">
        {findings.slice(0, LISTED).map(({ path, reason }) => (
          <li key={path} className="ui-selectable">
            <FilePath path={path} roots={roots} />
            <span className="import-reason">{reason}</span>
          </li>
        ))}
      </ul>
      <Rest count={findings.length - LISTED} />
    </>
  );
}

function NotDicom({ report }: { readonly report: ImportReport }) {
  if (report.notDicom === 0) return null;
  const count = Math.min(report.notDicomPaths.length, LISTED);
  return (
    <PanelSection title={t('import.report.notDicomList')}>
      <ul className="import-list">
        {report.notDicomPaths.slice(0, LISTED).map((path) => (
          <li key={path} className="ui-selectable">
            <FilePath path={path} roots={report.paths} />
          </li>
        ))}
      </ul>
      {count < report.notDicom && (
        <p className="is-faint">{t('import.report.notDicomFirst', { count, all: formatCount(report.notDicom) })}</p>
      )}
    </PanelSection>
  );
}

function Earlier({ reports, shown }: { readonly reports: readonly ImportReport[]; readonly shown: ImportReport }) {
  const others = reports.filter((report) => report !== shown).slice(0, EARLIER);
  if (others.length === 0) return null;
  return (
    <PanelSection title={t('import.report.earlier')}>
      <ul className="import-list">
        {others.map((report) => (
          <li key={report.importId}>
            <button type="button" className="import-earlier" onClick={() => showReport(report.importId)}>
              <span className="import-path-text">{report.paths[0] ?? ''}</span>
              <span className="is-faint">{whenText(report.startedAtMs)}</span>
            </button>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

function Rest({ count }: { readonly count: number }) {
  return count > 0 ? <p className="is-faint">{t('import.report.more', { count })}</p> : null;
}

const when = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short' });

/** `2026-03-14 09:05`, in the machine's own time. */
function whenText(atMs: number): string {
  return when.format(atMs);
}
