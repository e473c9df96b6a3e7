/** Imports: one runs, others wait; each ends in a report. */
import { createStore } from 'zustand/vanilla';
import type {
  ImportOptions,
  ImportPause,
  ImportProgress,
  ImportReport,
  SurveySource,
  SurveyTree,
} from '../../../src-shared/contract';
import type { ChoiceDraft } from './choosing/choice';

export interface ImportJob {
  readonly id: number;
  /** `demo`: the computed study; otherwise absolute paths. */
  readonly what: 'demo' | readonly string[];
  readonly options: ImportOptions;
}

/** An archive that wants its password. */
export interface PasswordRequest {
  readonly archiveId: number;
  readonly label: string;
  /** The last one did not fit. */
  readonly wasWrong: boolean;
}

export interface RunningImport {
  readonly job: ImportJob;
  /** The service's own id; `null` until it has started. */
  readonly jobId: number | null;
  readonly sources: readonly SurveySource[];
  /** `null` until the service has said something. */
  readonly progress: ImportProgress | null;
  /** What was found; `null` while no choice is asked for. */
  readonly tree: SurveyTree | null;
  readonly isTreeComplete: boolean;
  /** What the person has chosen of it so far. */
  readonly choice: ChoiceDraft;
  /** The choice was made; a tree that comes after that asks for nothing. */
  readonly isChosen: boolean;
  readonly pause: ImportPause | null;
  readonly passwords: readonly PasswordRequest[];
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

/** Changes the import that runs, if one does. */
export function changeRunning(change: (running: RunningImport) => RunningImport): void {
  importStore.setState(({ running }) => ({ running: running && change(running) }));
}

/** The report on screen; `latest` is the newest there is. */
export function reportShown({ reports, shownReport }: Imports): ImportReport | null {
  if (shownReport === 'latest') return reports[0] ?? null;
  return reports.find((report) => report.importId === shownReport) ?? null;
}

/** Whether the person is asked now what of the survey is wanted. */
export function isAskingChoice({ running }: Imports): boolean {
  if (running === null || running.tree === null || running.isChosen || running.isCancelling) return false;
  return running.progress?.phase !== 'taking';
}
