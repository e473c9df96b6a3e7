/**
 * Failures whose cause lies outside our code: a file, a peer, a full disk. A bug is `assert`, an imperfect success is
 * an `Issue` beside the data, a cancellation is an `AbortError`; none of those is an `AppError`.
 */

/** Named by the step that failed, because the user's next step differs. */
export type AppErrorCode =
  | 'file/not-found'
  | 'file/unreadable'
  | 'file/empty'
  | 'file/not-dicom'
  | 'file/truncated'
  | 'file/malformed'
  | 'folder/unreadable'
  | 'folder/loop'
  | 'file/duplicate-uid'
  | 'archive/unreadable'
  | 'archive/password'
  | 'archive/too-large'
  | 'archive/unsafe-name'
  | 'media/announced-missing'
  | 'media/link-outside'
  | 'pixels/none'
  | 'pixels/truncated'
  | 'pixels/unsupported-transfer-syntax'
  | 'pixels/unsupported-format'
  | 'pixels/mismatch'
  | 'pixels/decode-failed'
  | 'pixels/decode-timeout'
  | 'pixels/no-such-frame'
  | 'store/failed'
  | 'store/locked'
  | 'store/disk-full'
  | 'store/newer-version'
  | 'store/read-only'
  | 'service/gone'
  | 'service/failed'
  | 'service/unknown-id'
  | 'service/invalid-argument'
  | 'gpu/unavailable';

/** Small plain values that help a person or a log; never patient data. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean>>;

/** What crosses a port or a worker boundary in place of an `AppError`. */
export interface PlainError {
  readonly code: AppErrorCode;
  readonly message: string;
  readonly facts: ErrorFacts;
}

/** An outside failure with a sentence for the user. The sentence says what happened and why; the caller names the file. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: AppErrorCode,
    message: string,
    readonly facts: ErrorFacts = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}

export function toPlainError(error: AppError): PlainError {
  return { code: error.code, message: error.message, facts: error.facts };
}

export function fromPlainError(plain: PlainError): AppError {
  return new AppError(plain.code, plain.message, plain.facts);
}

/** Any thrown value as an `AppError`; what is not one already gets `fallback` as its code and keeps its message. */
export function toAppError(thrown: unknown, fallback: AppErrorCode): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError(fallback, message, {}, thrown);
}
