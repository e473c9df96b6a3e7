/** One frame from the file's bytes to samples that can be shown: what the decode worker does, without the worker. */
import { present } from '../../src-shared/base/assert';
import type { FrameDecoder } from '../../src-shared/codecs';
import { openInstance, type Instance } from '../../src-shared/dataset/instance';
import { anotherObject } from './decodePool';
import type { DecodeRequest } from './decodeProtocol';
import type { InstanceCache } from './instanceCache';
import { valueRange } from './samples';
import { shownSamples } from './shownSamples';
import type { DecodedFrame } from './types';

export interface DecodeDependencies {
  readonly fetchBytes: (url: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly decoder: FrameDecoder;
  readonly cache: InstanceCache;
  /** Called when the bytes are here and decoding begins. */
  readonly onDecoding: () => void;
}

/**
 * @throws `pixels/mismatch` when the file holds another object than asked for, and what reading, opening and decoding throw
 */
export async function decodeFrame(request: DecodeRequest, deps: DecodeDependencies): Promise<DecodedFrame> {
  const instance = await instanceAt(request, deps);
  if (instance.header.instance.sopInstanceUid !== request.sopInstanceUid) throw anotherObject();
  const encoded = instance.encodedFrame(request.ref.frameIndex);
  const decoded = await deps.decoder.decode(encoded);
  const pixels = present(instance.header.instance.pixels, 'the description of the pixels');
  const { display } = instance;
  const { kind, samples } = shownSamples(decoded, pixels, display);
  const range = valueRange(samples, kind === 'grey' ? display.padding : null);
  return {
    ref: request.ref,
    sopInstanceUid: instance.header.instance.sopInstanceUid,
    rows: pixels.rows,
    columns: pixels.columns,
    kind,
    samples,
    minStored: range.min,
    maxStored: range.max,
    pixels,
    display,
    sizeBytes: samples.byteLength,
  };
}

async function instanceAt({ url }: DecodeRequest, deps: DecodeDependencies): Promise<Instance> {
  const kept = deps.cache.get(url);
  if (kept) {
    deps.onDecoding();
    return kept;
  }
  const bytes = await deps.fetchBytes(url);
  deps.onDecoding();
  const instance = openInstance(bytes);
  deps.cache.keep(url, instance, bytes.length);
  return instance;
}
