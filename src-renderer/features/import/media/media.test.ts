import { beforeEach, describe, expect, it } from 'vitest';
import type { MediumEvent } from '../../../../src-shared/contract';
import { createMediaOffers } from './followMedia';
import { mediaStore } from './mediaStore';

const event = (kind: MediumEvent['kind'], path: string, more: Partial<MediumEvent> = {}): MediumEvent => ({
  kind,
  path,
  label: path.slice(1),
  isOptical: false,
  hasDirectory: true,
  ...more,
});

describe('offers of media', () => {
  let shown: string[];
  let offers: ReturnType<typeof createMediaOffers>;

  beforeEach(() => {
    mediaStore.setState({ media: [] });
    shown = [];
    const ids: string[] = [];
    offers = createMediaOffers(
      ({ path }) => {
        shown.push(path);
        return ids.push(path) - 1;
      },
      (id) => (shown = shown.filter((path) => path !== ids[id])),
    );
  });

  it('offers nothing before it is known that offers are wished, then what is there', () => {
    offers.apply(event('appeared', '/cd'));
    const before = [...shown];
    offers.setOffers(true);
    expect([before, shown]).toEqual([[], ['/cd']]);
  });

  it('offers a medium once, however often it is told, and withdraws the offer when the medium goes', () => {
    offers.setOffers(true);
    offers.apply(event('appeared', '/cd'));
    offers.apply(event('appeared', '/cd'));
    const once = [...shown];
    offers.apply(event('removed', '/cd'));
    const gone = [...shown];
    offers.apply(event('appeared', '/cd'));
    expect([once, gone, shown, mediaStore.getState().media.length]).toEqual([['/cd'], [], ['/cd'], 1]);
  });

  it('withdraws all when offers are no longer wished', () => {
    offers.setOffers(true);
    offers.apply(event('appeared', '/cd'));
    offers.setOffers(false);
    expect([shown, mediaStore.getState().media.length]).toEqual([[], 1]);
  });

  it('offers a disc without a directory, but no stick without one: it may hold anything', () => {
    offers.setOffers(true);
    offers.apply(event('appeared', '/disc', { isOptical: true, hasDirectory: false }));
    offers.apply(event('appeared', '/stick', { hasDirectory: false }));
    expect([shown, mediaStore.getState().media.map(({ path }) => path)]).toEqual([['/disc'], ['/disc', '/stick']]);
  });
});
