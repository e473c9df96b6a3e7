/**
 * Who may talk to the node host: the one browser that was given the address with the token. The token is exchanged for
 * a cookie; `Host` and `Origin` are checked, so that a page of another site, or a name that was made to point at this
 * machine, gets nothing.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface Access {
  readonly token: string;
  /** `Set-Cookie` for a browser that showed the token. */
  cookieFor(port: number): string;
  isToken(given: string): boolean;
  hasCookie(headers: IncomingHttpHeaders, port: number): boolean;
}

export function createAccess(): Access {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  return {
    token,
    cookieFor: (port) => `${cookieName(port)}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    isToken: (given) => isSame(given, token),
    hasCookie: (headers, port) =>
      cookies(headers).some(([name, value]) => name === cookieName(port) && isSame(value, session)),
  };
}

/** The address the browser used is one of ours: stops a foreign name that resolves to this machine. */
export function isOurHost(headers: IncomingHttpHeaders, port: number): boolean {
  return headers.host === `127.0.0.1:${String(port)}` || headers.host === `localhost:${String(port)}`;
}

/**
 * The request was made by our own page, or typed by the person. `mustHaveOrigin` for what changes something and for
 * sockets, which a foreign page could otherwise open with our cookie.
 */
export function isOurPage(headers: IncomingHttpHeaders, options: { readonly mustHaveOrigin: boolean }): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (headers.origin === undefined) return !options.mustHaveOrigin;
  return headers.origin === `http://${headers.host ?? ''}`;
}

/** Cookies are shared by all ports of a machine, so the name carries the port. */
function cookieName(port: number): string {
  return `isocenter-${String(port)}`;
}

function cookies(headers: IncomingHttpHeaders): [name: string, value: string][] {
  return (headers.cookie ?? '').split(';').map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, Math.max(at, 0)).trim(), pair.slice(at + 1).trim()];
  });
}

/** In constant time for equal lengths; the length itself is no secret. */
function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
