/** What page and decode worker say to each other: plain data; samples are transferred, never copied. */
import type { PlainError } from '../../src-shared/base/appError';
import type { ImageRef } from '../../src-shared/dicom/stack';
import type { DecodedFrame } from './types';

export interface DecodeRequest {
  /** Never used twice; an answer with another id is of no interest. */
  readonly jobId: number;
  readonly ref: ImageRef;
  /** Where the instance's bytes are, relative to the page's origin. */
  readonly url: string;
  /** The object that must be found there. */
  readonly sopInstanceUid: string;
}

export type DecodeReply =
  /** The bytes are here; from now on the decoding deadline runs. */
  | { readonly kind: 'decoding'; readonly jobId: number }
  | { readonly kind: 'done'; readonly jobId: number; readonly frame: DecodedFrame }
  | { readonly kind: 'failed'; readonly jobId: number; readonly error: PlainError };
