import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src-shared/base/appError';
import { setConnection } from './connection';
import { subscribeForever } from './subscribe';

const gone = () => new AppError('service/gone', 'gone');

describe('subscribing for ever', () => {
  afterEach(() => setConnection('connecting'));

  it('opens again when the services went away under it', async () => {
    setConnection('ready');
    let opened = 0;
    const items: number[] = [];
    const leave = subscribeForever(
      async function* () {
        opened += 1;
        yield opened;
        await Promise.resolve();
        if (opened === 1) throw gone();
      } as unknown as () => Promise<AsyncIterable<number>>,
      (item) => items.push(item),
    );
    await vi.waitFor(() => expect(items).toEqual([1, 2]), 5000);
    leave();
  });

  it('hands on an error that is not a lost connection', async () => {
    const errors: unknown[] = [];
    subscribeForever<number>(
      () => Promise.reject(new AppError('service/unknown-id', 'no such study')),
      () => undefined,
      (error) => errors.push(error),
    );
    await vi.waitFor(() => expect(errors).toMatchObject([{ code: 'service/unknown-id' }]));
  });

  it('gives nothing after it was left', async () => {
    const items: number[] = [];
    let step: () => void = () => undefined;
    const source = async function* () {
      yield 1;
      await new Promise<void>((resolve) => (step = resolve));
      yield 2;
    };
    const leave = subscribeForever(
      () => Promise.resolve(source()),
      (item) => items.push(item),
    );
    await vi.waitFor(() => expect(items).toEqual([1]));
    leave();
    step();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(items).toEqual([1]);
  });
});
