/**
 * Worker entry: reads the headers of a batch of slices, copies them, or takes their digests. Opening, reading and parsing
 * are synchronous into reused buffers, which has been measured 3 to 9 times faster than promises for each file, and here
 * nobody waits meanwhile. Only what was copied is flushed beside it.
 */
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { present } from '../../src-shared/base/assert';
import { indexedHeaderOf } from '../../src-shared/dicom/indexedHeader';
import type { InstanceHeader } from '../../src-shared/dicom/records';
import type { FileSlice } from '../media/source';
import { readSliceAt, ReusedBuffer, withOpenSlice, type OpenSlice } from './openSlice';
import { pictureOf } from './picture';
import { failureOf, readSlice, type ReadContext } from './readSlice';
import { ScanBeat, ScanStopped } from './scanBeat';
import type { ScanReply, ScanRequest, ScanResult } from './scanTask';
import { flushPart, takeSlice, type PartFile } from './takeSlice';

const DIGEST_CHUNK_BYTES = 1024 * 1024;
const digestBuffer = new ReusedBuffer(DIGEST_CHUNK_BYTES);

/** What is being flushed meanwhile gives why it could not be, once it is over. */
interface Done {
  readonly result: ScanResult;
  readonly flushing: Promise<ScanResult | null> | null;
}

function scanOne(slice: OpenSlice, context: ReadContext): Done {
  const read = readSlice(slice, context);
  if (read.kind !== 'instance') return { result: read, flushing: null };
  return {
    result: headerResult(slice, read.header, pictureOf(read.header.instance, read.prefix, slice)),
    flushing: null,
  };
}

function takeOne(slice: OpenSlice, context: ReadContext, request: TakeRequest, index: number): Done {
  const read = readSlice(slice, context);
  if (read.kind !== 'instance') return { result: read, flushing: null };
  const { incomingDirectory, valuesFrom } = request;
  const newValues = request.newValues[index] ?? null;
  const { header, part } = takeSlice(slice, read, { ...context, incomingDirectory, newValues, valuesFrom });
  // What a compressed picture lacks is at its end: read from the copy, because a disc would have to seek.
  const copied = newValues ? slice : { ...slice, descriptor: part.descriptor, offset: 0 };
  const picture = pictureOf(read.header.instance, read.prefix, copied);
  return { result: { ...headerResult(slice, header, picture), taken: part.taken }, flushing: flush(part) };
}

type TakeRequest = Extract<ScanRequest, { task: 'take' }>;
type Picture = ReturnType<typeof pictureOf>;

function headerResult({ sizeBytes, mtimeMs }: OpenSlice, header: InstanceHeader, picture: Picture) {
  return { kind: 'header', header: indexedHeaderOf(header), sizeBytes, mtimeMs, ...picture, taken: null } as const;
}

function digestOne(slice: OpenSlice, { beat }: ReadContext): Done {
  const hash = createHash('sha256');
  for (let position = 0; position < slice.sizeBytes;) {
    const bytes = digestBuffer.atLeast(Math.min(DIGEST_CHUNK_BYTES, slice.sizeBytes - position));
    const count = readSliceAt(slice, bytes, position);
    if (count === 0) break;
    hash.update(bytes.subarray(0, count));
    position += count;
    beat.move(count);
  }
  return { result: { kind: 'digest', sha256: hash.digest('hex') }, flushing: null };
}

/** `null` for what is no file. */
function workOn(slice: FileSlice, index: number, request: ScanRequest, beat: ScanBeat): Done | null {
  const characterSet = request.task === 'digest' ? null : request.characterSet;
  const context = { characterSet, beat };
  return withOpenSlice(slice, (open) => {
    switch (request.task) {
      case 'scan':
        return scanOne(open, context);
      case 'take':
        return takeOne(open, context, request, index);
      case 'digest':
        return digestOne(open, context);
    }
  });
}

function tryOne(slice: FileSlice, index: number, request: ScanRequest, beat: ScanBeat): Done {
  try {
    beat.startSlice(index);
    return workOn(slice, index, request, beat) ?? { result: { kind: 'not-dicom', archive: null }, flushing: null };
  } catch (thrown) {
    if (thrown instanceof ScanStopped) return { result: stopped, flushing: null };
    return { result: failureOf(slice.path, thrown), flushing: null };
  }
}

/** Nobody reads it: whoever stops a request has left. */
const stopped: ScanResult = {
  kind: 'failed',
  code: 'service/gone',
  reason: 'The import was cancelled.',
  isDicom: false,
  systemCode: '',
};

/** Begins at once, on threads of the system's, while the next slice is read here. */
async function flush(part: PartFile): Promise<ScanResult | null> {
  try {
    await flushPart(part);
    return null;
  } catch (thrown) {
    return failureOf(part.taken.partPath, thrown);
  }
}

async function settled({ result, flushing }: Done): Promise<ScanResult> {
  return (await flushing) ?? result;
}

const port = present(parentPort, 'port of the scanning worker');

async function answer(request: ScanRequest): Promise<void> {
  const beat = new ScanBeat(request.beat);
  const done = request.slices.map((slice, index) => tryOne(slice, index, request, beat));
  beat.startFlush();
  const reply: ScanReply = { id: request.id, results: await Promise.all(done.map(settled)) };
  port.postMessage(reply);
}

port.on('message', (request: ScanRequest) => void answer(request));
