/**
 * `dcm frame FILE… [--frame N|all] [--out RAW] [--json]`: decoded stored values, little-endian, Bits Allocated wide,
 * samples interleaved by pixel, frames in order. Frames count from 1; all of them by default. With `--out` the values of
 * the files follow one another in RAW; a file that fails leaves nothing there.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { toAppError } from '../../src-shared/base/appError';
import { createDecoding, type FrameChoice, type FrameReport, type FrameService } from '../compose/decoding';
import { parseCommandLine, UsageError, type CliIo, type ExitStatus } from './io';

export const frameUsage = 'frame FILE… [--frame N|all] [--out RAW] [--json]';

interface FrameFailure {
  readonly path: string;
  readonly error: { readonly code: string; readonly message: string };
}

type FrameLine = FrameReport | FrameFailure;

function frameChoiceOf(text: string): FrameChoice {
  if (text === 'all') return 'all';
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--frame takes "all" or a number counted from 1, not "${text}"`);
}

function textOf(line: FrameLine): string {
  const failure = line.error ? `${line.error.message} (${line.error.code})` : '';
  if (!('sha256' in line)) return `${line.path}: ${failure}`;
  const { path, columns, rows, samples, frames, bitsStored, photometric, sha256 } = line;
  return `${path}: ${columns}×${rows}×${samples}, ${frames} frames, ${bitsStored} bits ${photometric}, sha256 ${sha256}${failure && `; ${failure}`}`;
}

/** The file of `--out`: what a failed file wrote is taken back. */
function rawFile(handle: FileHandle) {
  let kept = 0;
  let end = 0;
  return {
    async write(values: Uint8Array): Promise<void> {
      for (let done = 0; done < values.length;) {
        const { bytesWritten } = await handle.write(values, done, values.length - done, end);
        done += bytesWritten;
        end += bytesWritten;
      }
    },
    async settle(isGood: boolean): Promise<void> {
      if (!isGood) await handle.truncate(kept);
      end = isGood ? end : kept;
      kept = end;
    },
  };
}

type RawFile = ReturnType<typeof rawFile>;

interface Job {
  readonly service: FrameService;
  readonly frames: FrameChoice;
  readonly raw: RawFile | null;
  readonly signal: AbortSignal;
}

async function lineOf(path: string, { service, frames, raw, signal }: Job): Promise<FrameLine> {
  try {
    const report = await service.decodeFile({
      path,
      frames,
      signal,
      ...(raw ? { write: (part) => raw.write(part) } : {}),
    });
    await raw?.settle(!report.error);
    return report;
  } catch (thrown) {
    await raw?.settle(false);
    const { code, message } = toAppError(thrown, 'pixels/decode-failed');
    return { path, error: { code, message } };
  }
}

/** One line for each path, in order, `width` files being decoded at the same time; none after the signal. */
async function* linesOf(paths: readonly string[], width: number, job: Job): AsyncGenerator<FrameLine> {
  const running: Promise<FrameLine>[] = [];
  for (const path of paths) {
    running.push(lineOf(path, job));
    if (running.length < width) continue;
    const next = await running.shift();
    if (job.signal.aborted) return;
    if (next) yield next;
  }
  for (const line of running) yield await line;
}

export async function runFrame(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values, positionals } = parseCommandLine({
    args: [...args],
    options: {
      frame: { type: 'string', default: 'all' },
      out: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (positionals.length === 0) throw new UsageError('frame needs at least one file');
  const frames = frameChoiceOf(values.frame);
  const decoding = createDecoding(io.workerUrl('decode'));
  const handle = values.out === undefined ? null : await open(values.out, 'w');
  let status: ExitStatus = 0;
  try {
    const raw = handle ? rawFile(handle) : null;
    const job = { service: decoding.frames, frames, raw, signal: io.signal };
    for await (const line of linesOf(positionals, raw ? 1 : decoding.width, job)) {
      if (line.error) status = 1;
      await io.out(values.json ? JSON.stringify(line) : textOf(line));
    }
  } finally {
    decoding.dispose();
    await handle?.close();
  }
  return status;
}
