/** The header of one slice, or what the slice is instead. */
import { AppError } from '../../src-shared/base/appError';
import { HEADER_PREFIX_BYTES, readHeader } from '../../src-shared/dataset/header';
import { readDirectory } from '../../src-shared/dataset/directory';
import type { InstanceHeader } from '../../src-shared/dicom/records';
import { sniffArchive } from '../media/sniffArchive';
import { fileProblem } from '../media/fileProblems';
import { readSliceAt, ReusedBuffer, type OpenSlice } from './openSlice';
import type { ScanBeat } from './scanBeat';
import type { ScanResult } from './scanTask';

/** A header that needs more is refused: it would be kept in memory whole. */
const MOST_HEADER_BYTES = 512 * 1024 * 1024;
/** A DICOMDIR of a million images is about this large. */
const MOST_DIRECTORY_BYTES = 512 * 1024 * 1024;
/** A buffer grown beyond this is not kept for the next file. */
const KEPT_BUFFER_BYTES = 4 * 1024 * 1024;

const buffer = new ReusedBuffer(HEADER_PREFIX_BYTES);

export interface ReadContext {
  readonly characterSet: string | null;
  readonly beat: ScanBeat;
}

/** A slice that is an instance. `prefix` holds its first bytes, up to its pixel data, until the next slice is read. */
export interface ReadInstance {
  readonly kind: 'instance';
  readonly header: InstanceHeader;
  readonly prefix: Uint8Array<ArrayBuffer>;
}

export type ReadSlice = ReadInstance | Exclude<ScanResult, { kind: 'header' | 'digest' }>;

/** @throws AppError; what the system throws; ScanStopped */
export function readSlice(slice: OpenSlice, context: ReadContext): ReadSlice {
  buffer.shrink(KEPT_BUFFER_BYTES);
  let have = 0;
  for (let wanted = Math.min(HEADER_PREFIX_BYTES, slice.sizeBytes); ;) {
    have = readOn(slice, have, wanted);
    context.beat.move(have);
    const prefix = buffer.atLeast(have);
    const result = headerOf(prefix, slice, context);
    if (result.kind === 'header') return { kind: 'instance', header: result.header, prefix };
    if (result.kind === 'directory') return readMediaDirectory(slice, context);
    if (result.kind === 'not-dicom') return notDicom(prefix, slice);
    // The file became shorter while it was read, or its header is beyond every sensible size.
    if (have < wanted) throw new AppError('file/truncated', 'The file ended while it was read.');
    if (result.bytes <= have || result.bytes > MOST_HEADER_BYTES) {
      throw new AppError('file/malformed', 'The header of this file is beyond every sensible size.');
    }
    wanted = result.bytes;
  }
}

/** Reads on from `have` bytes to `wanted`; gives how many there are then. */
function readOn(slice: OpenSlice, have: number, wanted: number): number {
  const bytes = buffer.atLeast(wanted, have);
  return have + readSliceAt(slice, bytes.subarray(have), have);
}

function headerOf(prefix: Uint8Array<ArrayBuffer>, { sizeBytes }: OpenSlice, { characterSet }: ReadContext) {
  try {
    return readHeader(prefix, sizeBytes, { characterSet });
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'file/not-dicom') return { kind: 'not-dicom' } as const;
    throw thrown;
  }
}

function notDicom(prefix: Uint8Array<ArrayBuffer>, slice: OpenSlice): ReadSlice {
  const archive = sniffArchive(prefix, slice.sizeBytes, (offset, length) => {
    const bytes = new Uint8Array(length);
    return bytes.subarray(0, readSliceAt(slice, bytes, offset));
  });
  return { kind: 'not-dicom', archive };
}

function readMediaDirectory(slice: OpenSlice, { characterSet, beat }: ReadContext): ReadSlice {
  try {
    if (slice.sizeBytes > MOST_DIRECTORY_BYTES) {
      throw new AppError('file/malformed', 'This DICOMDIR is beyond every sensible size.');
    }
    const bytes = new Uint8Array(slice.sizeBytes);
    const length = readSliceAt(slice, bytes, 0);
    beat.move(length);
    return { kind: 'directory', directory: readDirectory(bytes.subarray(0, length), { characterSet }), reason: '' };
  } catch (thrown) {
    const { reason } = failureOf(slice.path, thrown);
    return { kind: 'directory', directory: null, reason };
  }
}

type Failed = Extract<ScanResult, { kind: 'failed' }>;

/** What is no `AppError` came from the system while reading, or is content that our reader did not foresee. */
export function failureOf(path: string, thrown: unknown): Failed {
  if (thrown instanceof AppError) {
    const isDicom = thrown.code !== 'file/empty' && thrown.code !== 'file/not-dicom';
    return {
      kind: 'failed',
      code: thrown.code,
      reason: thrown.message,
      isDicom,
      systemCode: systemCodeOf(thrown.cause),
    };
  }
  const systemCode = systemCodeOf(thrown);
  if (systemCode === '') {
    return { kind: 'failed', code: 'file/malformed', reason: 'The content makes no sense.', isDicom: true, systemCode };
  }
  const { code, reason } = fileProblem(path, thrown);
  return { kind: 'failed', code, reason, isDicom: false, systemCode };
}

/** `''` for what the system did not say. */
function systemCodeOf(thrown: unknown): string {
  if (!(thrown instanceof Error) || !('syscall' in thrown) || !('code' in thrown)) return '';
  return typeof thrown.code === 'string' ? thrown.code : '';
}
