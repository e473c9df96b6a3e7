import type { ImportReport } from '../../../../src-shared/contract';
import { formatCount, t } from '../../../strings';
import { showReport } from '../importStore';
import { problemCount } from './outcomes';
import { sourceText } from './reportText';
import { whenText } from './whenText';

export interface EarlierReportsProps {
  readonly reports: readonly ImportReport[];
  readonly shown: ImportReport;
}

/** The other imports that the library remembers; those that were cut short say so. */
export function EarlierReports({ reports, shown }: EarlierReportsProps) {
  const others = reports.filter(({ importId }) => importId !== shown.importId);
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
                {report.wasCancelled && <span className="is-caution"> · {t('import.report.cancelled')}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

function lineOf(report: ImportReport): string {
  const count = problemCount(report);
  return t('import.report.earlierLine', {
    added: formatCount(report.added + report.partial),
    problems: count === 0 ? t('import.report.noProblemsShort') : t('import.report.problems', { count }),
  });
}
