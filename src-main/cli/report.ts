/** `dcm report [ID] [--csv]`: what earlier imports met. */
import { readFile } from 'node:fs/promises';
import { AppError } from '../../src-shared/base/appError';
import type { ImportReport } from '../../src-shared/contract';
import { createServices, type LocalServices } from '../compose/services';
import { linesOf, mediumLine, reportLine } from './importResult';
import { cliPlatform, parseCommandLine, UsageError, type CliIo, type ExitStatus } from './io';

export const reportUsage = 'report [ID] [--csv] [--library DIR] [--json]';

export async function runReport(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values, positionals } = parseCommandLine({
    args: [...args],
    options: {
      library: { type: 'string' },
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [given] = positionals;
  const importId = given === undefined ? null : Number(given);
  if (positionals.length > 1 || (importId !== null && !Number.isInteger(importId))) {
    throw new UsageError('report takes the number of one import');
  }
  if (values.csv && values.json) throw new UsageError('report takes --csv or --json, not both');
  const services = await createServices(cliPlatform(io, values.library), { background: false });
  try {
    const reports = services.import.reports();
    if (importId === null && !values.csv) {
      await io.out(
        values.json ? JSON.stringify(reports) : reports.map(headLine).join('\n') || 'Nothing was imported yet.',
      );
      return 0;
    }
    const report = importId === null ? reports[0] : reports.find((one) => one.importId === importId);
    if (!report) throw new AppError('service/unknown-id', 'There is no report of this import.');
    await io.out(await told(report, services, values));
    return 0;
  } finally {
    await services.dispose();
  }
}

interface Shape {
  readonly csv: boolean;
  readonly json: boolean;
}

async function told(report: ImportReport, services: LocalServices, { csv, json }: Shape): Promise<string> {
  const { importId } = report;
  if (csv) {
    const path = await services.reportPath(importId);
    // Without the mark that only spreadsheets want.
    return path === null ? '' : (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').trimEnd();
  }
  const lines = linesOf(services, importId);
  if (json) return JSON.stringify({ ...report, lines });
  return [headLine(report), ...report.media.map(mediumLine), ...lines.map(reportLine)].join('\n');
}

function headLine({
  importId,
  startedAtMs,
  seen,
  added,
  partial,
  rejected,
  paths,
  wasCancelled,
}: ImportReport): string {
  const started = new Date(startedAtMs).toISOString();
  const end = wasCancelled ? ', cancelled' : '';
  return `${importId}  ${started}  ${seen} seen, ${added + partial} added, ${rejected} rejected${end}  ${paths.join(' ')}`;
}
