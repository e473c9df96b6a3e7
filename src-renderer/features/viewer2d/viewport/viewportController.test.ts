import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../src-shared/base/appError';
import { greyFrame } from '../../../../tests/support/decodedFrame';
import { axialStack, stackContent } from '../../../../tests/support/stackContent';
import type { DecodedFrame, FrameState, FrameStore } from '../../../imaging/types';
import type { SliceView } from '../../../rendering';
import { assignStack, beginPatient } from '../../../viewing/patients';
import { shownIn } from '../../../viewing/shown';
import { goToImage } from '../../../viewing/viewport';
import { ViewportController } from './viewportController';

const ID = 'viewport-0';
const sop = (number: number) => `2.25.4.${String(number)}`;

/** A frame store whose answers the test decides, by instance id. */
function fakeFrames() {
  const states = new Map<number, FrameState>();
  const listeners = new Set<Parameters<FrameStore['subscribe']>[0]>();
  const interests: unknown[] = [];
  const frames: FrameStore = {
    setInterest: (_id, interest) => void interests.push(interest && [interest.imageIndex, interest.direction]),
    state: ({ instanceId }) => states.get(instanceId) ?? { status: 'absent' },
    retry: () => undefined,
    loadedMask: () => new Uint8Array(0),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    usage: () => ({ usedBytes: 0, budgetBytes: 0, frames: 0, queued: 0 }),
    dispose: () => undefined,
  };
  const arrive = (instanceId: number, state: FrameState): void => {
    states.set(instanceId, state);
    for (const listener of listeners) listener([{ instanceId, frameIndex: 0 }]);
  };
  return { frames, arrive, interests };
}

function fakeView() {
  const shows: (string | null)[] = [];
  const view: SliceView = {
    show: (frame) => void shows.push(frame?.sopInstanceUid ?? null),
    setDisplay: () => undefined,
    resize: () => undefined,
    drawNow: () => undefined,
    readPixels: () => ({ width: 0, height: 0, rgba: new Uint8ClampedArray(0) }),
    shownSopInstanceUid: () => shows.at(-1) ?? null,
    dispose: () => undefined,
  };
  return { shows, view };
}

const frameOf = (instanceId: number, sopInstanceUid = sop(instanceId)): { status: 'ready'; frame: DecodedFrame } => ({
  status: 'ready',
  frame: greyFrame([], { ref: { instanceId, frameIndex: 0 }, sopInstanceUid }),
});

function mount() {
  const { frames, arrive, interests } = fakeFrames();
  const { shows, view } = fakeView();
  const container = { clientWidth: 400, clientHeight: 300 } as unknown as HTMLElement;
  const renderer = { kind: 'processor' as const, createView: () => view, dispose: () => undefined };
  const controller = new ViewportController({ id: ID, container, frames, renderer });
  return { controller, arrive, shows, interests };
}

beforeEach(() => {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined;
      disconnect = () => undefined;
    },
  );
  beginPatient('anna');
  assignStack(ID, stackContent({ stack: axialStack(5) }));
});

describe('identity', () => {
  it('[VIEW17] shows nothing until the wanted frame is there', () => {
    const { arrive, shows } = mount();
    const before = [shows.at(-1), shownIn(ID).status];
    arrive(1, frameOf(1));
    expect([before, shows.at(-1), shownIn(ID)]).toEqual([
      [null, 'loading'],
      sop(1),
      expect.objectContaining({
        status: 'ready',
        sopInstanceUid: sop(1),
        window: expect.objectContaining({ width: 400 }) as unknown,
      }),
    ]);
  });

  it('[VIEW17] takes the picture away when the next slice is not there yet', () => {
    const { arrive, shows } = mount();
    arrive(1, frameOf(1));
    goToImage(ID, 1);
    expect([shows.at(-1), shownIn(ID).status, shownIn(ID).sopInstanceUid]).toEqual([null, 'loading', null]);
  });

  it('[VIEW17] never shows a frame that carries another identity', () => {
    const { arrive, shows } = mount();
    arrive(1, frameOf(1, sop(4)));
    arrive(2, frameOf(2));
    expect(shows.filter((shown) => shown !== null)).toEqual([]);
  });

  it('[VIEW17] says why a frame cannot be shown', () => {
    const { arrive, shows } = mount();
    arrive(1, { status: 'failed', error: new AppError('pixels/truncated', 'The pixel data end too early.') });
    expect([shows.at(-1), shownIn(ID)]).toEqual([
      null,
      expect.objectContaining({ status: 'failed', failure: 'The pixel data end too early.', canRetry: true }),
    ]);
  });

  it('[VIEW17] another stack takes the picture of the one before away', () => {
    const { arrive, shows } = mount();
    arrive(1, frameOf(1));
    const other = axialStack(5, 'other');
    const images = other.images.map((image) => ({
      ...image,
      ref: { instanceId: image.ref.instanceId + 100, frameIndex: 0 },
    }));
    assignStack(ID, stackContent({ seriesId: 2, stack: { ...other, images } }));
    expect([shows.at(-1), shownIn(ID).status]).toEqual([null, 'loading']);
  });
});

it('tells the loader where it is and where it is heading, and leaves when it goes', () => {
  const { controller, interests } = mount();
  goToImage(ID, 3);
  goToImage(ID, 2);
  controller.dispose();
  expect(interests).toEqual([[0, 1], [3, 1], [2, -1], null]);
});
