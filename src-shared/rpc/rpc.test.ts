import { eventIterator, oc, type } from '@orpc/contract';
import { implement } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '../base/appError';
import { createClient, linkOverWire } from './client';
import { serveOnWire } from './server';
import { wirePair } from './wire';

const contract = {
  double: oc.input(z.object({ value: z.number().max(100) })).output(type<number>()),
  fail: oc.input(z.object({ kind: z.enum(['app', 'bug']) })).output(type<number>()),
  wait: oc.output(type<number>()),
  count: oc.input(z.object({ failAt: z.number() })).output(eventIterator(type<number>())),
  silence: oc.output(eventIterator(type<number>())),
};

/** A server and a client on the two ends of one wire, with what the server saw. */
function connect() {
  const seen = { unexpected: [] as unknown[], counted: 0, aborted: 0 };
  const os = implement(contract);
  const router = os.router({
    double: os.double.handler(({ input }) => input.value * 2),
    fail: os.fail.handler(({ input }) => {
      if (input.kind === 'app') throw new AppError('file/empty', 'The file is empty.', { sizeBytes: 0 });
      throw new TypeError('secret path /home/doe');
    }),
    wait: os.wait.handler(
      ({ signal }) =>
        new Promise<number>((_resolve, reject) => {
          signal?.addEventListener('abort', () => {
            seen.aborted += 1;
            reject(new Error('stopped'));
          });
        }),
    ),
    count: os.count.handler(async function* ({ input }) {
      for (let value = 0; ; value++) {
        if (value === input.failAt) throw new AppError('store/disk-full', 'The disk is full.');
        seen.counted = value;
        await Promise.resolve();
        yield value;
      }
    }),
    silence: os.silence.handler(async function* ({ signal }) {
      await new Promise<void>((resolve) => {
        signal?.addEventListener('abort', () => {
          seen.aborted += 1;
          resolve();
        });
      });
      yield* [];
    }),
  });
  const wire = wirePair();
  serveOnWire(router, wire.far, { onUnexpected: (error) => seen.unexpected.push(error) });
  return { client: createClient<typeof contract>(linkOverWire(wire.near)), seen, close: () => wire.close() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('calls over a wire', () => {
  it('answers', async () => {
    expect(await connect().client.double({ value: 21 })).toBe(42);
  });

  it('refuses an argument outside the contract before the handler, naming the argument but not its value', async () => {
    const { client, seen } = connect();
    const error: unknown = await client.double({ value: 101 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'service/invalid-argument', facts: { where: 'value' } });
    expect(seen.unexpected).toEqual([]);
  });

  it('carries an AppError whole', async () => {
    const error: unknown = await connect()
      .client.fail({ kind: 'app' })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'file/empty', message: 'The file is empty.', facts: { sizeBytes: 0 } });
  });

  it('keeps the text of a bug on the side where it happened', async () => {
    const { client, seen } = connect();
    const error: unknown = await client.fail({ kind: 'bug' }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'service/failed', facts: {} });
    expect(JSON.stringify([error, (error as Error).message])).not.toContain('secret');
    expect(seen.unexpected.map(String)).toEqual(['TypeError: secret path /home/doe']);
  });

  it('has no method outside the contract', async () => {
    const { client } = connect();
    const stray = (client as unknown as Record<string, () => Promise<unknown>>).erase;
    await expect(stray?.()).rejects.toMatchObject({ code: 'service/failed' });
  });
});

describe('iterations over a wire', () => {
  it('ends the source when the loop is left', async () => {
    const { client, seen } = connect();
    const got: number[] = [];
    for await (const value of await client.count({ failAt: -1 })) {
      got.push(value);
      if (value === 3) break;
    }
    await settled();
    const countedAfterLeaving = seen.counted;
    await settled();
    expect(got).toEqual([0, 1, 2, 3]);
    expect(seen.counted).toBe(countedAfterLeaving);
  });

  it('ends a source that is silent when the loop is left', async () => {
    const { client, seen } = connect();
    const iterator = (await client.silence())[Symbol.asyncIterator]();
    void iterator.next().catch(() => undefined);
    await settled();
    await iterator.return();
    await settled();
    expect(seen.aborted).toBe(1);
  });

  it('carries an AppError thrown in the middle', async () => {
    const got: number[] = [];
    const run = async () => {
      for await (const value of await connect().client.count({ failAt: 2 })) got.push(value);
    };
    await expect(run()).rejects.toMatchObject({ code: 'store/disk-full' });
    expect(got).toEqual([0, 1]);
  });
});

describe('a wire that closes', () => {
  it('fails calls in flight and later ones with service/gone, and aborts the handlers', async () => {
    const { client, seen, close } = connect();
    const inFlight = client.wait();
    const iteration = (await client.silence())[Symbol.asyncIterator]().next();
    const settledCalls = Promise.allSettled([inFlight, iteration]);
    await settled();
    close();
    const later = client.double({ value: 1 });
    expect((await Promise.allSettled([settledCalls, later])).at(1)).toMatchObject({
      reason: { code: 'service/gone' },
    });
    expect(await settledCalls).toMatchObject([
      { reason: { code: 'service/gone' } },
      { reason: { code: 'service/gone' } },
    ]);
    expect(seen.aborted).toBe(2);
  });

  it('lets a cancelled call end as cancelled, not as gone', async () => {
    const { client } = connect();
    const controller = new AbortController();
    const call = client.wait(undefined, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });
});
