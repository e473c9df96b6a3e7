/** The sentences in which a frame is refused. They name what is wrong, never whose picture it is. */
import { AppError, type AppErrorCode } from '../base/appError';
import type { EncodedFrame } from '../dicom/frame';

function refusal(code: AppErrorCode, frame: EncodedFrame, message: string, cause?: unknown): AppError {
  return new AppError(code, message, { frame: frame.frameIndex + 1, transferSyntax: frame.transferSyntaxUid }, cause);
}

/** The frame's bytes are not what its transfer syntax demands. */
export function damaged(frame: EncodedFrame, what: string, cause?: unknown): AppError {
  return refusal('pixels/decode-failed', frame, `Frame ${frame.frameIndex + 1} is damaged: ${what}.`, cause);
}

/** The codestream and the data set describe different pictures: neither is believed. */
export function mismatch(frame: EncodedFrame, what: string): AppError {
  return refusal(
    'pixels/mismatch',
    frame,
    `Frame ${frame.frameIndex + 1} is not the picture that the file describes: ${what}.`,
  );
}

/** Well-formed, but a combination that is not decoded. */
export function unsupportedFormat(frame: EncodedFrame, what: string): AppError {
  return refusal('pixels/unsupported-format', frame, `This pixel format is not supported: ${what}.`);
}

export function truncated(frame: EncodedFrame, what: string): AppError {
  return refusal('pixels/truncated', frame, `Frame ${frame.frameIndex + 1} is cut off: ${what}.`);
}
