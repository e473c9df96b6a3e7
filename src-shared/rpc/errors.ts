/**
 * Errors on the wire. An `AppError` crosses with its code, sentence and facts; an argument that does not fit the
 * contract becomes `service/invalid-argument`; everything else is a bug on the other side and crosses as one generic
 * `service/failed` without its text, which stays in that side's log.
 */
import { ORPCError } from '@orpc/client';
import { AppError, fromPlainError, toPlainError, type PlainError } from '../base/appError';

/** Ours among oRPC's codes; its `data` is a `PlainError`. */
const APP_ERROR = 'APP_ERROR';

/** What the serving side throws into oRPC in place of `thrown`; `onUnexpected` hears of bugs only. */
export function toWireError(thrown: unknown, onUnexpected: (error: unknown) => void): unknown {
  if (thrown instanceof AppError) return wireErrorOf(toPlainError(thrown), thrown);
  if (isAbort(thrown)) return thrown;
  if (thrown instanceof ORPCError && thrown.code === 'BAD_REQUEST') {
    return wireErrorOf(
      {
        code: 'service/invalid-argument',
        message: 'The request was not understood.',
        facts: { where: issuePaths(thrown.data) },
      },
      thrown,
    );
  }
  onUnexpected(thrown);
  return wireErrorOf({ code: 'service/failed', message: 'Something went wrong inside Isocenter.', facts: {} }, thrown);
}

/** What the calling side throws at its caller in place of what oRPC gave. */
export function fromWireError(thrown: unknown, wasCancelled: boolean): unknown {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof ORPCError) {
    const data: unknown = thrown.data;
    return isPlainError(data)
      ? fromPlainError(data)
      : new AppError(
          'service/failed',
          'Something went wrong inside Isocenter.',
          { answer: String(thrown.code) },
          thrown,
        );
  }
  if (isAbort(thrown) && !wasCancelled) return goneError(thrown);
  return thrown;
}

export function goneError(cause?: unknown): AppError {
  return new AppError('service/gone', 'The connection to the background service was lost.', {}, cause);
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

function wireErrorOf(plain: PlainError, cause: unknown): ORPCError<string, PlainError> {
  return new ORPCError(APP_ERROR, { status: 422, message: plain.message, data: plain, cause });
}

function isPlainError(data: unknown): data is PlainError {
  if (typeof data !== 'object' || data === null) return false;
  const { code, message, facts } = data as Partial<Record<keyof PlainError, unknown>>;
  return typeof code === 'string' && typeof message === 'string' && typeof facts === 'object' && facts !== null;
}

/** Names the arguments that did not fit, never their values: those may be paths or patient data. */
function issuePaths(data: unknown): string {
  const issues = (data as { issues?: unknown } | undefined)?.issues;
  if (!Array.isArray(issues)) return '';
  const paths = issues.map((issue: unknown) => {
    const path = (issue as { path?: unknown }).path;
    return Array.isArray(path) ? path.map(String).join('.') : '';
  });
  return [...new Set(paths)].slice(0, 5).join(', ');
}
