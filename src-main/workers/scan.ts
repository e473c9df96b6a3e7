/**
 * Worker entry: reads the headers of a batch of files. Opening, reading and parsing are synchronous into one reused
 * buffer, which has been measured 3 to 9 times faster than promises for each file, and here nobody waits meanwhile.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { AppError } from '../../src-shared/base/appError';
import { present } from '../../src-shared/base/assert';
import { HEADER_PREFIX_BYTES, readHeader, type HeaderResult } from '../../src-shared/dataset/header';
import { patientKeyOf } from '../../src-shared/dicom/patientKey';
import type { IndexedHeader } from '../../src-shared/dicom/indexedHeader';
import type { InstanceHeader, InstanceRecord } from '../../src-shared/dicom/records';
import { fileProblem } from '../media/fileProblems';
import { hasAllFragments } from './fragments';
import { cutFragmentsWarning, headerWarning, isCompressed, type HeaderWarning } from './headerWarning';
import type { ScanReply, ScanRequest, ScanResult } from './scanTask';

/** A header that needs more is refused: it would be kept in memory whole. */
const MOST_HEADER_BYTES = 512 * 1024 * 1024;
/** A buffer grown beyond this is not kept for the next file. */
const KEPT_BUFFER_BYTES = 4 * 1024 * 1024;

let buffer = new Uint8Array(HEADER_PREFIX_BYTES);

interface OpenFile {
  readonly path: string;
  readonly descriptor: number;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
}

function scanFile(path: string): ScanResult {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (thrown) {
    return { kind: 'failed', ...fileProblem(path, thrown), isDicom: false };
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return { kind: 'not-dicom', path };
    return scanOpen({ path, descriptor, sizeBytes: stats.size, mtimeMs: stats.mtimeMs });
  } catch (thrown) {
    return failure(path, thrown);
  } finally {
    closeSync(descriptor);
    if (buffer.length > KEPT_BUFFER_BYTES) buffer = new Uint8Array(HEADER_PREFIX_BYTES);
  }
}

function scanOpen(file: OpenFile): ScanResult {
  let have = 0;
  for (let wanted = Math.min(HEADER_PREFIX_BYTES, file.sizeBytes); ;) {
    have = readUpTo(file, have, wanted);
    const result = readHeader(buffer.subarray(0, have), file.sizeBytes);
    if (result.kind !== 'need-more') return scanned(file, buffer.subarray(0, have), result);
    // The file became shorter while it was read, or its header is beyond every sensible size.
    if (have < wanted) throw new AppError('file/truncated', 'The file ended while it was read.');
    if (result.bytes <= have || result.bytes > MOST_HEADER_BYTES) {
      throw new AppError('file/malformed', 'The header of this file is beyond every sensible size.');
    }
    wanted = result.bytes;
  }
}

/** Reads on from `have` bytes to `wanted`; gives how many there are then. */
function readUpTo({ descriptor }: OpenFile, have: number, wanted: number): number {
  if (wanted > buffer.length) {
    const larger = new Uint8Array(wanted);
    larger.set(buffer.subarray(0, have));
    buffer = larger;
  }
  let end = have;
  while (end < wanted) {
    const count = readSync(descriptor, buffer, end, wanted - end, end);
    if (count === 0) break;
    end += count;
  }
  return end;
}

type Read = Exclude<HeaderResult, { kind: 'need-more' }>;

function scanned(file: OpenFile, prefix: Uint8Array<ArrayBuffer>, result: Read): ScanResult {
  if (result.kind === 'directory') return { kind: 'directory', path: file.path };
  const { header } = result;
  return { kind: 'header', header: scannedHeader(file, header), warning: warningFor(file, prefix, header.instance) };
}

function warningFor(file: OpenFile, prefix: Uint8Array<ArrayBuffer>, instance: InstanceRecord): HeaderWarning | null {
  const warning = headerWarning(instance);
  if (warning || !isCompressed(instance)) return warning;
  return hasAllFragments(prefix, file) ? null : cutFragmentsWarning;
}

function scannedHeader(file: OpenFile, { patient, study, series, instance }: InstanceHeader): IndexedHeader {
  return {
    patientKey: patientKeyOf(patient, study.studyInstanceUid),
    patientJson: JSON.stringify(patient),
    studyUid: study.studyInstanceUid,
    studyJson: JSON.stringify(study),
    seriesUid: series.seriesInstanceUid,
    modality: series.modality,
    seriesJson: JSON.stringify(series),
    sopUid: instance.sopInstanceUid,
    instanceJson: JSON.stringify(instance),
    hasImage: instance.pixels !== null,
    path: file.path,
    sizeBytes: file.sizeBytes,
    mtimeMs: file.mtimeMs,
  };
}

/** What is no `AppError` came from the system while reading, or is content that our reader did not foresee. */
function failure(path: string, thrown: unknown): ScanResult {
  if (!(thrown instanceof AppError)) {
    const isSystem = thrown instanceof Error && 'code' in thrown;
    if (isSystem) return { kind: 'failed', ...fileProblem(path, thrown), isDicom: false };
    return { kind: 'failed', path, code: 'file/malformed', reason: 'The content makes no sense.', isDicom: true };
  }
  if (thrown.code === 'file/not-dicom') return { kind: 'not-dicom', path };
  return { kind: 'failed', path, code: thrown.code, reason: thrown.message, isDicom: thrown.code !== 'file/empty' };
}

const port = present(parentPort, 'port of the scanning worker');
port.on('message', ({ id, paths }: ScanRequest) => {
  const reply: ScanReply = { id, results: paths.map(scanFile) };
  port.postMessage(reply);
});
