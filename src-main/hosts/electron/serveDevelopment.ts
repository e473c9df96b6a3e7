/**
 * `npm run dev`: the page comes from Vite's server through our own scheme, so that origin, isolation and the byte road
 * are as in the product. Only the policy is wider: live reload needs inline code and a socket to Vite.
 */
import { net, protocol } from 'electron';
import { parseBytePath } from '../../compose/hosting/byteAddress';
import { SECURITY_HEADERS } from '../../compose/hosting/headers';
import { SCHEME, type SchemeParts } from './scheme';
import { answer } from './serveScheme';

export function serveDevelopment(parts: SchemeParts, viteServer: string): void {
  protocol.handle(SCHEME, async (request) => {
    const url = new URL(request.url);
    if (parseBytePath(url.pathname)) return answer(parts, request);
    const served = await net.fetch(new URL(url.pathname + url.search, viteServer).href);
    const headers = new Headers(served.headers);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
    headers.delete('Content-Security-Policy');
    headers.delete('Content-Encoding');
    return new Response(served.body, { status: served.status, headers });
  });
}
