/**
 * `isocenter://app/`: one origin for the page, its workers and the byte road. Standard and secure, so that the page is
 * cross-origin isolated; with a code cache, so that the second start compiles nothing.
 */
import { protocol } from 'electron';
import { byteHeaders, parseBytePath, type ByteKind } from '../../compose/hosting/byteAddress';
import { SECURITY_HEADERS } from '../../compose/hosting/headers';
import { rendererFile } from './rendererFile';

export const SCHEME = 'isocenter';
const HOST = 'app';

export const PAGE_ORIGIN = `${SCHEME}://${HOST}`;

/** Must run before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}

export interface SchemeParts {
  /** Folder of the renderer's built files. */
  readonly rendererDirectory: string;
  /** Rejects while there is no service process. */
  resolveBytes(kind: ByteKind, id: number): Promise<string | null>;
}

/** What an address stands for: a file and the headers it is given with; `null` when there is no such thing. */
export async function resolveAddress(
  parts: SchemeParts,
  address: string,
): Promise<{ readonly path: string; readonly headers: Record<string, string> } | null> {
  const url = new URL(address);
  if (url.host !== HOST) return null;
  const bytes = parseBytePath(url.pathname);
  if (bytes) {
    const path = await parts.resolveBytes(bytes.kind, bytes.id).catch(() => null);
    return path === null ? null : { path, headers: { ...SECURITY_HEADERS, ...byteHeaders(bytes.kind, bytes.id) } };
  }
  const path = rendererFile(parts.rendererDirectory, url.pathname);
  return path === null ? null : { path, headers: { ...SECURITY_HEADERS } };
}
