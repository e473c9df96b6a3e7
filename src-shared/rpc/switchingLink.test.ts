import { oc, type } from '@orpc/contract';
import { implement } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { createClient } from './client';
import { serveOnWire } from './server';
import { wirePair } from './wire';
import { createSwitchingLink } from './switchingLink';

const contract = { who: oc.output(type<string>()) };

function serverWire(name: string) {
  const os = implement(contract);
  const wire = wirePair();
  serveOnWire(os.router({ who: os.who.handler(() => name) }), wire.far, { onUnexpected: () => undefined });
  return wire;
}

describe('a link whose wire changes', () => {
  it('lets calls wait for the first wire and follows to the next', async () => {
    const link = createSwitchingLink();
    const client = createClient<typeof contract>(link);
    const early = client.who();
    const first = serverWire('first');
    link.switchTo(first.near);
    const before = await early;
    first.close();
    const between = client.who();
    link.switchTo(serverWire('second').near);
    expect([before, await between, await client.who()]).toEqual(['first', 'second', 'second']);
  });

  it('fails calls once there is no hope, those waiting too', async () => {
    const link = createSwitchingLink();
    const client = createClient<typeof contract>(link);
    const waiting = client.who();
    link.giveUp();
    expect(await Promise.allSettled([waiting, client.who()])).toMatchObject([
      { reason: { code: 'service/gone' } },
      { reason: { code: 'service/gone' } },
    ]);
  });

  it('fails a call that waited too long', async () => {
    const client = createClient<typeof contract>(createSwitchingLink(1));
    await expect(client.who()).rejects.toMatchObject({ code: 'service/gone' });
  });

  it('ends a waiting call that is cancelled as cancelled', async () => {
    const client = createClient<typeof contract>(createSwitchingLink());
    const cancel = new AbortController();
    const call = client.who(undefined, { signal: cancel.signal });
    cancel.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });
});
