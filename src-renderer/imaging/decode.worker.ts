/**
 * A decode worker: answers one request after the other until it is ended from outside. Runs in the sandboxed page, so a
 * decoder that a damaged file takes over can reach nothing.
 */
import { toAppError, toPlainError } from '../../src-shared/base/appError';
import { createFrameDecoder } from '../../src-shared/codecs';
import wasmUrl from 'dcmjs-codecs/build/dcmjs-native-codecs.wasm?url';
import { decodeFrame } from './decodeFrame';
import type { DecodeReply, DecodeRequest } from './decodeProtocol';
import { fetchBytes } from './fetchBytes';
import { createInstanceCache } from './instanceCache';

/** What is used of the worker's global scope; the DOM's own types describe a page. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<DecodeRequest>) => void) | null;
  postMessage(reply: DecodeReply, transfer: Transferable[]): void;
}

/** Files of multi-frame objects kept by one worker. */
const CACHE_BYTES = 256 * 2 ** 20;

const scope = globalThis as unknown as WorkerScope;
const cache = createInstanceCache(CACHE_BYTES);
const decoder = createFrameDecoder({ loadWasm: () => fetchBytes(wasmUrl) });
let previous: Promise<void> = Promise.resolve();

scope.onmessage = ({ data: request }) => {
  previous = previous.then(() => answer(request));
};

async function answer(request: DecodeRequest): Promise<void> {
  const { jobId } = request;
  const onDecoding = (): void => scope.postMessage({ kind: 'decoding', jobId }, []);
  try {
    const frame = await decodeFrame(request, { fetchBytes, decoder, cache, onDecoding });
    scope.postMessage({ kind: 'done', jobId, frame }, [frame.samples.buffer as ArrayBuffer]);
  } catch (thrown) {
    scope.postMessage({ kind: 'failed', jobId, error: toPlainError(toAppError(thrown, 'pixels/decode-failed')) }, []);
  }
}
