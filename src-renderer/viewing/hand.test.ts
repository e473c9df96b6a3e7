/** Tools, wheel and window arithmetic: what the hand does to the state. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { axialStack, stackContent } from '../../tests/support/stackContent';
import { toCanvas, toImage } from './camera';
import { historyStore, undo } from './history';
import { assignStack, beginPatient } from './patients';
import { screenStore, viewportById } from './screen';
import { reportShown, viewOf } from './shown';
import { canvasPoint } from './spaces';
import { chooseTool, toolForButton, tools, type ToolId } from './tools';
import { draggedWindow } from './voi';
import { WHEEL_AT_REST, stepsOfWheel, type WheelInput } from './wheel';

const viewport = () => viewportById(screenStore.getState(), 'viewport-0');
const view = () => {
  const now = viewOf('viewport-0');
  if (!now) throw new Error('no view');
  return now;
};
const from = canvasPoint(100, 100);

beforeEach(() => {
  beginPatient('anna');
  assignStack('viewport-0', stackContent({ stack: axialStack(100) }));
  reportShown('viewport-0', {
    size: { width: 400, height: 400 },
    window: { center: 40, width: 400, unit: 'HU', isTable: false, range: 4096, isWhole: true },
  });
});

describe('tools', () => {
  it.each<ToolId>(['scroll', 'window', 'zoom', 'pan'])(
    '[VIEW9] cancelling a drag with %s puts everything back',
    (id) => {
      const before = viewport();
      const gesture = tools[id].begin('viewport-0', from);
      gesture?.move(canvasPoint(170, 190));
      const during = viewport();
      gesture?.cancel();
      const { direction: _, ...rest } = before;
      expect(during).not.toEqual(before);
      expect(viewport()).toMatchObject(rest);
    },
  );

  it('[VIEW9] a whole drag is one step of undo', () => {
    const before = viewport().voi;
    const steps = historyStore.getState().past.length;
    const gesture = tools.window.begin('viewport-0', from);
    for (const x of [110, 140, 180]) gesture?.move(canvasPoint(x, 100));
    gesture?.end();
    const added = historyStore.getState().past.length - steps;
    undo();
    expect([added, viewport().voi]).toEqual([1, before]);
  });

  it('[VIEW9] a press without a movement changes nothing and leaves no step', () => {
    const steps = historyStore.getState().past.length;
    tools.window.begin('viewport-0', from)?.end();
    tools.pan.begin('viewport-0', from)?.end();
    expect(historyStore.getState().past.length).toBe(steps);
  });

  it('[VIEW6] dragging one viewport height scrolls through a long stack', () => {
    const gesture = tools.scroll.begin('viewport-0', canvasPoint(0, 0));
    gesture?.move(canvasPoint(0, 396));
    expect(viewport().imageIndex).toBe(99);
  });

  it('[VIEW2] the zoom tool holds the point where the button went down', () => {
    const held = toImage(view(), from);
    tools.zoom.begin('viewport-0', from)?.move(canvasPoint(100, 40));
    const after = toCanvas(view(), held);
    expect([after.x, after.y]).toEqual([expect.closeTo(100, 6), expect.closeTo(100, 6)]);
  });

  it('[VIEW9] left is the tool in the hand, middle pans, right windows', () => {
    chooseTool('zoom');
    expect([0, 1, 2, 3].map((button) => toolForButton(button)?.id)).toEqual(['zoom', 'pan', 'window', undefined]);
  });
});

describe('window by hand', () => {
  const limits = { sidePx: 500, range: 4096, isFine: false };

  it('[VIEW12] right widens, down raises the centre', () => {
    const next = draggedWindow({ center: 40, width: 400 }, { x: 50, y: 50 }, limits);
    expect([next.width > 400, next.center > 40]).toEqual([true, true]);
  });

  it('[VIEW12] the same movement changes every width by the same factor', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 1000 }), fc.integer({ min: -150, max: 150 }), (width, x) => {
        const next = draggedWindow({ center: 0, width }, { x, y: 0 }, { ...limits, range: 100_000 });
        expect(Math.abs(next.width - width * Math.exp((x / 500) * 3.5))).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  it('[VIEW12] a width never falls below one step of the data', () => {
    const whole = draggedWindow({ center: 0, width: 2 }, { x: -5000, y: 0 }, limits);
    const fine = draggedWindow({ center: 0, width: 2 }, { x: -5000, y: 0 }, { ...limits, range: 4, isFine: true });
    expect([whole.width, fine.width > 0 && fine.width < 1]).toEqual([1, true]);
  });
});

describe('wheel', () => {
  const event = (changed: Partial<WheelInput>): WheelInput => ({
    deltaY: 0,
    deltaMode: 0,
    notchUnits: 0,
    timeMs: 0,
    ...changed,
  });
  const total = (events: readonly WheelInput[]): number =>
    events.reduce(
      (sum, input) => {
        const next = stepsOfWheel(sum.state, input);
        return { state: next.state, steps: sum.steps + next.steps };
      },
      { state: WHEEL_AT_REST, steps: 0 },
    ).steps;

  it.each([
    ['one notch of a mouse', [event({ deltaY: 53, notchUnits: -120 })], 1],
    ['three notches in one event', [event({ deltaY: -360, notchUnits: 360 })], -3],
    ['a synthetic step of 100 px', [event({ deltaY: 100 })], 1],
    ['one line', [event({ deltaY: 3, deltaMode: 1 })], 1],
    ['ten small moves of a touchpad', Array.from({ length: 10 }, (_, i) => event({ deltaY: 12, timeMs: i * 16 })), 2],
    ['small moves with a pause between', [0, 400, 800].map((timeMs) => event({ deltaY: 30, timeMs })), 0],
    [
      'forth and back',
      [event({ deltaY: 40 }), event({ deltaY: -40, timeMs: 10 }), event({ deltaY: -20, timeMs: 20 })],
      -1,
    ],
  ])('[VIEW6] %s', (_name, events, expected) => {
    expect(total(events)).toBe(expected);
  });
});
