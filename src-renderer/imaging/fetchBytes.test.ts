import { describe, expect, it } from 'vitest';
import { fetchBytes } from './fetchBytes';

const answering = (response: Response) => () => Promise.resolve(response);

describe('fetchBytes', () => {
  it('gives the whole file', async () => {
    const response = new Response(Uint8Array.of(1, 2, 3), { headers: { 'content-length': '3' } });
    expect(await fetchBytes('/x', answering(response))).toEqual(Uint8Array.of(1, 2, 3));
  });

  it.each([
    ['a file that went away', new Response('', { status: 404 }), 'file/not-found'],
    ['a refusal', new Response('', { status: 403 }), 'file/unreadable'],
    ['a failure', new Response('', { status: 500 }), 'file/unreadable'],
    ['an early end', new Response('ab', { headers: { 'content-length': '3' } }), 'file/truncated'],
  ])('says what is wrong with %s', async (_name, response, code) => {
    await expect(fetchBytes('/x', answering(response))).rejects.toMatchObject({ code });
  });

  it('says that nobody answered', async () => {
    const failing = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(fetchBytes('/x', failing)).rejects.toMatchObject({ code: 'file/unreadable' });
  });
});
