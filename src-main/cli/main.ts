/** `dcm <command>`: the services without a window. Standard output carries the result only. */
import { toAppError } from '../../src-shared/base/appError';
import { importUsage, runImport } from './import';
import { processIo, UsageError, type CliIo, type Command, type ExitStatus } from './io';
import { listUsage, runList } from './list';
import { mediaUsage, runMedia } from './media';
import { reportUsage, runReport } from './report';
import { rebuildUsage, runRebuild, runUsage, runVerify, usageUsage, verifyUsage } from './storage';

interface Entry {
  readonly usage: string;
  readonly run: Command;
}

const dumpUsage = 'dump FILE [--json]';
const frameUsage = 'frame FILE… [--frame N|all] [--out RAW] [--json]';

const commands = new Map<string, Entry>([
  ['import', { usage: importUsage, run: runImport }],
  ['list', { usage: listUsage, run: runList }],
  ['media', { usage: mediaUsage, run: runMedia }],
  ['report', { usage: reportUsage, run: runReport }],
  ['verify', { usage: verifyUsage, run: runVerify }],
  ['rebuild', { usage: rebuildUsage, run: runRebuild }],
  ['usage', { usage: usageUsage, run: runUsage }],
  // The dictionary and the codecs are loaded for the commands that need them only.
  ['dump', { usage: dumpUsage, run: async (args, io) => (await import('./dump')).runDump(args, io) }],
  ['frame', { usage: frameUsage, run: async (args, io) => (await import('./frame')).runFrame(args, io) }],
]);

function usage(): string {
  return ['usage:', ...[...commands.values()].map((entry) => `  dcm ${entry.usage}`)].join('\n');
}

async function main([name, ...args]: readonly string[], io: CliIo): Promise<ExitStatus> {
  const command = name === undefined ? undefined : commands.get(name);
  try {
    if (command) return await command.run(args, io);
    if (name === 'help' || name === '--help') {
      await io.out(usage());
      return 0;
    }
    io.err(name === undefined ? usage() : `dcm: unknown command ${name}\n${usage()}`);
    return 2;
  } catch (thrown) {
    if (thrown instanceof UsageError && command) {
      io.err(`dcm: ${thrown.message}\nusage: dcm ${command.usage}`);
      return 2;
    }
    const error = toAppError(thrown, 'service/failed');
    io.err(`dcm: ${error.message} (${error.code})`);
    return 1;
  }
}

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
// Whoever reads the output may leave before its end (`| head`): that is no failure of ours.
process.stdout.on('error', () => process.exit(0));
process.exitCode = await main(process.argv.slice(2), processIo(new URL(import.meta.url), interrupted.signal));
