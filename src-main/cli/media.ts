/** `dcm media PATH`: what the DICOMDIRs of a medium announce beside what is there. Nothing is imported. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ImportEvent, MediaReconciliation } from '../../src-shared/contract';
import { createServices, type LocalServices } from '../compose/services';
import { mediumLine } from './importResult';
import { cliPlatform, parseCommandLine, UsageError, type CliIo, type ExitStatus } from './io';

export const mediaUsage = 'media PATH [--json]';

export async function runMedia(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values, positionals } = parseCommandLine({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError('media needs one folder, medium or archive');
  // A survey that ends before its choice takes nothing; even so it has a library of its own, which goes afterwards.
  const library = await mkdtemp(join(tmpdir(), 'isocenter-media-'));
  try {
    const media = await surveyed(resolve(path), library, io);
    await io.out(values.json ? JSON.stringify({ media }) : media.map(told).join('\n') || 'There is no DICOMDIR.');
    return media.every(({ missing, unreadable }) => missing + unreadable === 0) ? 0 : 1;
  } finally {
    await rm(library, { recursive: true, force: true });
  }
}

async function surveyed(path: string, library: string, io: CliIo): Promise<readonly MediaReconciliation[]> {
  const services = await createServices(cliPlatform(io, library), { background: false });
  try {
    return await completeTree(services.import.open([path], { asks: true }, io.signal), services);
  } finally {
    await services.dispose();
  }
}

async function completeTree(
  events: AsyncIterable<ImportEvent>,
  services: LocalServices,
): Promise<readonly MediaReconciliation[]> {
  let jobId = 0;
  for await (const event of events) {
    if (event.kind === 'started') jobId = event.jobId;
    if (event.kind === 'password') services.import.password(jobId, event.archiveId, null);
    if (event.kind === 'tree' && event.isComplete) return event.tree.media;
  }
  return [];
}

function told(medium: MediaReconciliation): string {
  return [mediumLine(medium), ...medium.issues.map((issue) => `  ${issue}`)].join('\n');
}
