/** Openings: one runs, others wait; each ends in a report. */
import { createStore } from 'zustand/vanilla';
import type { ImportProgress, ImportReport } from '../../../src-shared/contract';

export interface ImportJob {
  readonly id: number;
  /** `demo`: the computed study; otherwise absolute paths. */
  readonly what: 'demo' | readonly string[];
}

export interface RunningImport {
  readonly job: ImportJob;
  /** `null` until the service has said something. */
  readonly progress: ImportProgress | null;
  readonly isCancelling: boolean;
}

export interface Imports {
  readonly running: RunningImport | null;
  readonly waiting: readonly ImportJob[];
  /** The newest first, of this session and what the library remembers. */
  readonly reports: readonly ImportReport[];
  /** The report panel: which import, or none. */
  readonly shownReport: number | 'latest' | null;
  /** The path field of hosts without a native dialog. */
  readonly isAskingPath: boolean;
}

export const importStore = createStore<Imports>(() => ({
  running: null,
  waiting: [],
  reports: [],
  shownReport: null,
  isAskingPath: false,
}));

export function putReports(reports: readonly ImportReport[]): void {
  importStore.setState((state) => {
    const known = new Map([...state.reports, ...reports].map((report) => [report.importId, report]));
    return { reports: [...known.values()].sort((a, b) => b.startedAtMs - a.startedAtMs || b.importId - a.importId) };
  });
}

export function showReport(importId: number | 'latest' | null): void {
  importStore.setState({ shownReport: importId });
}

export function askPath(isAskingPath: boolean): void {
  importStore.setState({ isAskingPath });
}

/** The report on screen; `latest` is the newest there is. */
export function reportShown({ reports, shownReport }: Imports): ImportReport | null {
  if (shownReport === 'latest') return reports[0] ?? null;
  return reports.find((report) => report.importId === shownReport) ?? null;
}
