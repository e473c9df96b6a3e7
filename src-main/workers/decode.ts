/** Decoding worker: one task at a time; its owner ends it when a task overruns. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { AppError, toAppError, toPlainError } from '../../src-shared/base/appError';
import { present, unreachable } from '../../src-shared/base/assert';
import { createFrameDecoder } from '../../src-shared/codecs';
import type { Instance } from '../../src-shared/dataset/instance';
import type { DecodedPixels } from '../../src-shared/dicom/frame';
import type { DecodeMessage, DecodeReply, DecodeRequest, DecodeResult, OpenedPicture } from './decodeTask';
import { createFileOpener } from './openedFile';
import { renderThumbnail } from './thumbnailPicture';

const port = present(parentPort, 'the port of the decoding worker');

/** By package name, so that it is found from sources, from the bundle and from inside an archive alike. */
const wasmPath = createRequire(import.meta.url).resolve('dcmjs-codecs/build/dcmjs-native-codecs.wasm');
const decoder = createFrameDecoder({ loadWasm: () => readFile(wasmPath) });
const openFile = createFileOpener();

function pictureOf({ header, frameCount }: Instance): OpenedPicture {
  const { pixels, transferSyntaxUid } = header.instance;
  if (!pixels) throw new AppError('pixels/none', 'This object holds no picture.');
  return { transferSyntaxUid, pixels, frameCount };
}

function requireObject({ header }: Instance, sopInstanceUid: string): void {
  if (header.instance.sopInstanceUid === sopInstanceUid) return;
  throw new AppError('pixels/mismatch', 'The file holds another object than it did.');
}

async function decodeFrame(instance: Instance, frameIndex: number, isPartialAllowed = false): Promise<DecodedPixels> {
  const { frameCount } = pictureOf(instance);
  if (frameIndex < 0 || frameIndex >= frameCount)
    throw new AppError('pixels/no-such-frame', `There is no frame ${frameIndex + 1}: the object has ${frameCount}.`, {
      frame: frameIndex + 1,
      frames: frameCount,
    });
  return decoder.decode(instance.encodedFrame(frameIndex, { isPartialAllowed }));
}

async function answer(request: DecodeRequest): Promise<DecodeResult> {
  switch (request.name) {
    case 'open':
      return pictureOf(await openFile(request.path));
    case 'frame':
      return decodeFrame(await openFile(request.path), request.frameIndex, request.isPartialAllowed);
    case 'encoded':
      return decoder.decode(request.frame);
    case 'thumbnail': {
      const instance = await openFile(request.path);
      requireObject(instance, request.sopInstanceUid);
      const decoded = await decodeFrame(instance, request.frameIndex);
      return renderThumbnail(instance, decoded, request.maxEdge);
    }
    default:
      return unreachable(request);
  }
}

function buffersOf(result: DecodeResult): ArrayBuffer[] {
  if (result instanceof Uint8Array) return [result.buffer];
  return 'bytes' in result ? [result.bytes.buffer] : [];
}

async function reply({ id, request }: DecodeMessage): Promise<void> {
  try {
    const result = await answer(request);
    port.postMessage({ id, result } satisfies DecodeReply, buffersOf(result));
  } catch (thrown) {
    const error = toPlainError(toAppError(thrown, 'pixels/decode-failed'));
    port.postMessage({ id, error } satisfies DecodeReply);
  }
}

port.on('message', (message: DecodeMessage) => void reply(message));
