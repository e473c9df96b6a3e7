/** The byte road from the worker's side: one whole file from the page's own origin. */
import { AppError } from '../../src-shared/base/appError';

/** @throws `file/not-found`, `file/unreadable`, `file/truncated` (fewer bytes arrived than were announced) */
export async function fetchBytes(url: string, get: typeof fetch = fetch): Promise<Uint8Array<ArrayBuffer>> {
  const response = await answer(url, get);
  const bytes = new Uint8Array(await body(response));
  const announced = Number(response.headers.get('content-length') ?? bytes.length);
  if (response.headers.get('content-encoding') === null && announced !== bytes.length) {
    throw new AppError('file/truncated', `Only ${bytes.length} of ${announced} bytes of the file arrived.`);
  }
  return bytes;
}

async function answer(url: string, get: typeof fetch): Promise<Response> {
  const response = await get(url, { credentials: 'same-origin' }).catch((thrown: unknown) => {
    throw unreadable('The file could not be read: the service did not answer.', 0, thrown);
  });
  if (response.ok) return response;
  if (response.status === 404 || response.status === 410) {
    throw new AppError('file/not-found', 'The file is not where it was when it was imported.');
  }
  throw unreadable('The file could not be read.', response.status);
}

async function body(response: Response): Promise<ArrayBuffer> {
  return response.arrayBuffer().catch((thrown: unknown) => {
    throw unreadable('The file could not be read to its end.', response.status, thrown);
  });
}

function unreadable(message: string, status: number, cause?: unknown): AppError {
  return new AppError('file/unreadable', message, { status }, cause);
}
