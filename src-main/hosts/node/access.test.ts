import { describe, expect, it } from 'vitest';
import { createAccess, isOurHost, isOurPage } from './access';

const PORT = 4711;

describe('token and cookie', () => {
  it('takes the cookie it gave for that port, among others', () => {
    const access = createAccess();
    const given = access.cookieFor(PORT).split(';')[0] ?? '';
    const has = (cookie: string, port = PORT) => access.hasCookie({ cookie }, port);
    expect([has(given), has(`a=b; ${given}; c=d`), has(given, PORT + 1), has(`${given}x`), has('')]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('keeps the cookie from scripts and other sites', () => {
    expect(createAccess().cookieFor(PORT)).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  });

  it('tells its token from others, and the token is not the cookie', () => {
    const access = createAccess();
    expect([access.isToken(access.token), access.isToken(createAccess().token), access.isToken('')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(access.cookieFor(PORT)).not.toContain(access.token);
  });
});

describe('who asks', () => {
  it.each([
    ['127.0.0.1:4711', true],
    ['localhost:4711', true],
    ['127.0.0.1:4712', false],
    ['evil.example:4711', false],
    [undefined, false],
  ])('host %s', (host, expected) => {
    expect(isOurHost(host === undefined ? {} : { host }, PORT)).toBe(expected);
  });

  const host = `127.0.0.1:${String(PORT)}`;
  it.each([
    [{ host }, true, false],
    [{ host, origin: `http://${host}` }, true, true],
    [{ host, origin: 'http://127.0.0.1:80' }, false, false],
    [{ host, origin: 'null' }, false, false],
    [{ host, 'sec-fetch-site': 'cross-site' }, false, false],
    [{ host, 'sec-fetch-site': 'same-site' }, false, false],
    [{ host, 'sec-fetch-site': 'none' }, true, false],
  ])('page %j', (headers, mayRead, mayChange) => {
    expect([isOurPage(headers, { mustHaveOrigin: false }), isOurPage(headers, { mustHaveOrigin: true })]).toEqual([
      mayRead,
      mayChange,
    ]);
  });
});
