/** Imports in an `ImportWorld`: the service over its parts, a run to the report, and the laws that hold of every run. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ImportEvent, ImportOptions, ImportReport, Settings } from '../../src-shared/contract';
import { createImportService, type ImportService } from '../../src-main/services/import';
import type { ImportWorld } from './importWorld';

/** No medium of these worlds has a DICOMDIR. */
const noReconciler = {
  addFile: () => undefined,
  addDirectory: () => undefined,
  reconciliations: () => [],
  missing: () => [],
};

function* noPages(): Generator<never> {
  // Nothing to read again.
}

const settings = { folderPlacement: 'reference', mediaPlacement: 'copy', asksBeforeCopying: true } as const;

export function importsIn(world: ImportWorld, changed: Partial<Settings> = {}): ImportService {
  return createImportService({
    store: world.library,
    text: { pages: noPages, rewrite: () => [] },
    pool: world.pool,
    changes: {
      announce: (studyIds) => {
        for (const id of studyIds) world.announced.add(id);
      },
    },
    media: {
      describe: (path) =>
        Promise.resolve({
          ...{ path, kind: 'folder', label: 'in', isRemovable: world.isRemovable, canReference: true },
          defaultPlacement: world.isRemovable ? 'copy' : 'reference',
        }),
      openPaths: (paths, context) => world.openPaths(paths, context),
      openArchive: (kind, entry, context) => world.openArchive(kind, entry, context),
      createReconciler: () => noReconciler,
    },
    settings: () => ({ ...settings, ...changed }),
    nowMs: () => Date.now(),
    diskSpace: () => Promise.resolve(world.space),
    reserveBytes: 0,
    pollMs: 5,
    exportsDirectory: join(world.root, 'exports'),
    demoDirectory: join(world.root, 'demo'),
    generateDemo: () => Promise.reject(new Error('no demo here')),
  });
}

export interface ImportRun {
  readonly report: ImportReport;
  readonly events: readonly ImportEvent[];
}

export interface RunOptions {
  readonly options?: ImportOptions | undefined;
  /** May answer what is asked. */
  readonly react?: ((event: ImportEvent, jobId: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Imports the world's folder, to its report. */
export async function runImport(
  world: ImportWorld,
  imports: ImportService,
  given: RunOptions = {},
): Promise<ImportRun> {
  const events: ImportEvent[] = [];
  let jobId = 0;
  for await (const event of imports.open([world.folder], given.options, given.signal)) {
    events.push(event);
    if (event.kind === 'started') jobId = event.jobId;
    given.react?.(event, jobId);
  }
  const last = events.at(-1);
  if (last?.kind !== 'report') throw new Error('an import ended without a report');
  return { report: last.report, events };
}

/** What is left in the folder for arriving files. */
export function leftovers({ library }: ImportWorld): readonly string[] {
  return existsSync(library.incomingDirectory) ? readdirSync(library.incomingDirectory) : [];
}

/** What must hold of every import that came to its end. */
export function expectLaws(world: ImportWorld, { report, events }: ImportRun): void {
  const { added, partial, known, aside, directories, notDicom, rejected, notChosen } = report;
  expect(report.seen).toBe(added + partial + known + aside + directories + notDicom + rejected + notChosen);
  const lines = world.library.lines.filter(
    ({ outcome }) => outcome !== 'unreachable' && outcome !== 'announced-missing',
  );
  expect(lines).toHaveLength(report.seen);
  expect(new Set(lines.map(({ path }) => path)).size).toBe(report.seen);
  const last = events.findLast((event) => event.kind === 'progress');
  expect(last).toMatchObject({ progress: { phase: 'done', found: report.seen, isWalkOver: true } });
  expect(world.library.finished).toEqual([report]);
  expect(leftovers(world)).toEqual([]);
}
