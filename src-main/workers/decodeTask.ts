/** What the decoding worker is asked and answers: plain data, decoded bytes handed over rather than copied. */
import type { PlainError } from '../../src-shared/base/appError';
import type { DecodedPixels, EncodedFrame } from '../../src-shared/dicom/frame';
import type { PixelDescription } from '../../src-shared/dicom/records';

/** What is known of a file's picture before any frame is decoded. */
export interface OpenedPicture {
  readonly transferSyntaxUid: string;
  readonly pixels: PixelDescription;
  readonly frameCount: number;
}

/** A task is a name with a request and a result. `frameIndex` counts from 0. */
export interface DecodeTasks {
  readonly open: { readonly request: { readonly path: string }; readonly result: OpenedPicture };
  readonly frame: {
    /** `isPartialAllowed`: what a cut native frame lacks is zero, instead of `pixels/truncated`. */
    readonly request: { readonly path: string; readonly frameIndex: number; readonly isPartialAllowed?: boolean };
    readonly result: DecodedPixels;
  };
  /** A frame that the caller has taken out of its file already. */
  readonly encoded: { readonly request: { readonly frame: EncodedFrame }; readonly result: DecodedPixels };
  /** A PNG that fits a square of `maxEdge` pixels; refused when the file holds another object. */
  readonly thumbnail: {
    readonly request: {
      readonly path: string;
      readonly sopInstanceUid: string;
      readonly frameIndex: number;
      readonly maxEdge: number;
    };
    readonly result: Uint8Array<ArrayBuffer>;
  };
}

type DecodeTaskName = keyof DecodeTasks;

/** What a caller asks, whichever task it is. */
export type DecodeRequest = {
  [Name in DecodeTaskName]: { readonly name: Name } & DecodeTasks[Name]['request'];
}[DecodeTaskName];

export type DecodeResult = DecodeTasks[DecodeTaskName]['result'];

export interface DecodeMessage {
  readonly id: number;
  readonly request: DecodeRequest;
}

export type DecodeReply =
  { readonly id: number; readonly result: DecodeResult } | { readonly id: number; readonly error: PlainError };
