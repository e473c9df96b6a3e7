/**
 * One door per frame: compressed bytes in, stored values out, the same in a web worker and in a Node worker thread.
 *
 * Nothing here has a deadline: a damaged codestream can keep its decoder busy for a long time, so a caller decodes in a
 * worker that it can end. What is refused is refused with an `AppError`; a refused frame never gives a picture, least
 * of all that of the frame before.
 */
import { AppError } from '../base/appError';
import type { Disposable } from '../base/disposable';
import type { DecodedPixels, EncodedFrame } from '../dicom/frame';
import { transferSyntaxName } from '../dicom/transferSyntax';
import { disguiseOf } from './disguised';
import { unsupportedFormat } from './failures';
import { checkDescription } from './frameSize';
import { decodeJpeg } from './jpeg';
import { decodeJpeg2000 } from './jpeg2000';
import { decodeJpegLs } from './jpegLs';
import { createKernel, type Kernel } from './kernel/kernel';
import { decodeNative } from './native';
import { decodeRle } from './rle';

export { rgbFromJpegYcc } from './jpegColour';

export interface FrameDecoder extends Disposable {
  /**
   * @throws `pixels/unsupported-transfer-syntax`, `pixels/unsupported-format`, `pixels/mismatch` (codestream and data
   * set disagree), `pixels/truncated`, `pixels/decode-failed`.
   */
  decode(frame: EncodedFrame): Promise<DecodedPixels>;
}

export interface FrameDecoderOptions {
  /** The bytes of `dcmjs-codecs/build/dcmjs-native-codecs.wasm`; asked for by the first frame that needs them. */
  readonly loadWasm: () => Promise<Uint8Array | ArrayBuffer>;
}

type Decode = (frame: EncodedFrame, kernel: Kernel) => DecodedPixels | Promise<DecodedPixels>;

const disguised = { jpeg: decodeJpeg, 'jpeg-ls': decodeJpegLs, 'jpeg-2000': decodeJpeg2000 };

const littleEndian: Decode = (frame, kernel) => {
  const disguise = disguiseOf(frame);
  return disguise ? disguised[disguise](frame, kernel) : decodeNative(frame, false);
};
const bigEndian: Decode = (frame) => decodeNative(frame, true);

/** Source: PS3.6 Table A-1. */
const decoders: Readonly<Record<string, Decode>> = {
  '1.2.840.10008.1.2': littleEndian,
  '1.2.840.10008.1.2.1': littleEndian,
  /** Encapsulated uncompressed explicit little endian. */
  '1.2.840.10008.1.2.1.98': littleEndian,
  /** Deflated: the data set reader has inflated it. */
  '1.2.840.10008.1.2.1.99': littleEndian,
  '1.2.840.10008.1.2.2': bigEndian,
  '1.2.840.10008.1.2.4.50': decodeJpeg,
  '1.2.840.10008.1.2.4.51': decodeJpeg,
  '1.2.840.10008.1.2.4.55': decodeJpeg,
  '1.2.840.10008.1.2.4.57': decodeJpeg,
  '1.2.840.10008.1.2.4.70': decodeJpeg,
  '1.2.840.10008.1.2.4.80': decodeJpegLs,
  '1.2.840.10008.1.2.4.81': decodeJpegLs,
  '1.2.840.10008.1.2.4.90': decodeJpeg2000,
  '1.2.840.10008.1.2.4.91': decodeJpeg2000,
  '1.2.840.10008.1.2.5': decodeRle,
};

/** Whether frames of this transfer syntax can be decoded at all. */
export function isDecodable(transferSyntaxUid: string): boolean {
  return Object.hasOwn(decoders, transferSyntaxUid);
}

function decoderOf({ transferSyntaxUid }: EncodedFrame): Decode {
  const decode = isDecodable(transferSyntaxUid) ? decoders[transferSyntaxUid] : undefined;
  if (decode) return decode;
  throw new AppError(
    'pixels/unsupported-transfer-syntax',
    `The transfer syntax ${transferSyntaxName(transferSyntaxUid)} is not yet supported.`,
    { transferSyntax: transferSyntaxUid },
  );
}

export function createFrameDecoder({ loadWasm }: FrameDecoderOptions): FrameDecoder {
  const kernel = createKernel(loadWasm);
  return {
    async decode(frame) {
      const decode = decoderOf(frame);
      checkDescription(frame);
      const isNative = decode === littleEndian || decode === bigEndian;
      if (frame.pixels.sampleKind !== 'integer' && !isNative)
        throw unsupportedFormat(frame, 'compressed floating point samples');
      return decode(frame, kernel);
    },
    dispose: () => kernel.dispose(),
  };
}
