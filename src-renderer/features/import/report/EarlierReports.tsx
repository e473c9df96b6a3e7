import type { ImportReport } from '../../../../src-shared/contract';
import { formatCount, t } from '../../../strings';
import { showReport, type Imports } from '../importStore';
import { endText } from './endText';
import { problemCount } from './outcomes';
import { sourceText } from './reportText';
import { whenText } from './whenText';

export interface EarlierReportsProps {
  readonly imports: Pick<Imports, 'running' | 'reports'>;
  readonly shown: ImportReport;
}

/** The other imports that the library remembers; those that were cut short say so. */
export function EarlierReports({ imports, shown }: EarlierReportsProps) {
  const others = imports.reports.filter(({ importId }) => importId !== shown.importId);
  if (others.length === 0) return null;
  return (
    <details className="import-earlier-list">
      <summary>
        {t('import.report.earlier')} <span className="is-faint">{formatCount(others.length)}</span>
      </summary>
      <ul>
        {others.map((report) => (
          <li key={report.importId}>
            <button type="button" className="import-earlier" onClick={() => showReport(report.importId)}>
              <span className="import-path-text">{sourceText(report)}</span>
              <span className="is-faint">
                {whenText(report.startedAtMs)} · {lineOf(report)}
                <End text={endText(report, imports)} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function End({ text }: { readonly text: string }) {
  return text === '' ? null : <span className="is-caution"> · {text}</span>;
}

function lineOf(report: ImportReport): string {
  const count = problemCount(report);
  return t('import.report.earlierLine', {
    added: formatCount(report.added + report.partial),
    problems: count === 0 ? t('import.report.noProblemsShort') : t('import.report.problems', { count }),
  });
}
