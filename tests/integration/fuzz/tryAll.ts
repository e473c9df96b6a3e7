/** Everything that touches a strange file's bytes, tried on one file. */
import { AppError } from '../../../src-shared/base/appError';
import { readDirectory } from '../../../src-shared/dataset/directory';
import { dumpFile } from '../../../src-shared/dataset/dump';
import { HEADER_PREFIX_BYTES, readHeader, recogniseDicom } from '../../../src-shared/dataset/header';
import { openInstance } from '../../../src-shared/dataset/instance';
import { rewriteValues } from '../../../src-shared/dataset/rewrite';
import { wholeFrames } from '../../../src-shared/dataset/wholeFrames';

type Bytes = Uint8Array<ArrayBuffer>;

/** What a step gave: a word for success, the code of an `AppError`, or `thrown: …` for anything else, which is a bug. */
export type Outcome = string;

function outcome(work: () => string): Outcome {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code;
    return `thrown: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`;
  }
}

/** As the scanner reads: a prefix, and more when it is asked for. */
function headerByPrefixes(file: Bytes): string {
  for (let prefix = Math.min(HEADER_PREFIX_BYTES, file.length), asked = 0; ; asked += 1) {
    const result = readHeader(file.subarray(0, prefix), file.length);
    if (result.kind !== 'need-more') return result.kind;
    if (result.bytes <= prefix || asked > 64) return `thrown: asks for ${result.bytes} bytes after ${prefix}`;
    prefix = result.bytes;
  }
}

function frames(file: Bytes): string {
  const { frameCount, encodedFrame } = openInstance(file);
  for (const frame of [0, 1, frameCount - 1]) {
    outcomeOfFrame(() => encodedFrame(frame));
    outcomeOfFrame(() => encodedFrame(frame, { isPartialAllowed: true }));
  }
  return 'instance';
}

function outcomeOfFrame(work: () => unknown): void {
  try {
    work();
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
  }
}

const NEW = { patientName: 'New^Person=山田', patientId: 'FUZZ-1', issuerOfPatientId: 'HERE', accessionNumber: 'A' };

/** What was changed must read as such: a file that comes out wrong is worse than one that is refused. */
function rewritten(file: Bytes): string {
  const changed = rewriteValues(file, NEW, { atMs: 0, source: 'fuzz' });
  const { patient, study } = openInstance(changed).header;
  const read = [patient.name.alphabetic, patient.name.ideographic, patient.patientId, study.accessionNumber];
  return read.join(' ') === 'New^Person 山田 FUZZ-1 A'
    ? 'rewritten'
    : `thrown: reads ${read.join(' ')} after rewriting`;
}

export function tryAll(file: Bytes): Readonly<Record<string, Outcome>> {
  return {
    recognise: outcome(() => recogniseDicom(file)),
    header: outcome(() => headerByPrefixes(file)),
    overridden: outcome(() => readHeader(file, file.length, { characterSet: '\\ISO 2022 IR 87' }).kind),
    directory: outcome(() => (readDirectory(file), 'directory')),
    open: outcome(() => frames(file)),
    dump: outcome(() => (dumpFile(file), 'dump')),
    whole: outcome(
      () => wholeFrames(file, file.length, (offset, length) => file.subarray(offset, offset + length)) ?? 'whole',
    ),
    rewrite: outcome(() => rewritten(file)),
  };
}
