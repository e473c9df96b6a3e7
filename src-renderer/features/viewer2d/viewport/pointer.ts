/** From pointer, wheel and key events to gestures. Nothing here knows what a tool does. */
import { toDisposable, type Disposable } from '../../../../src-shared/base/disposable';
import { setActive, toggleMaximised } from '../../../viewing/layout';
import { reportShown } from '../../../viewing/shown';
import { canvasPoint, type CanvasPoint } from '../../../viewing/spaces';
import { toolForButton, type Gesture } from '../../../viewing/tools';
import { scrollBy, zoomBy } from '../../../viewing/viewport';
import { stepsOfWheel, WHEEL_AT_REST } from '../../../viewing/wheel';
import { stop } from '../../../viewing/cine';

/** CSS pixels of wheel movement that double or halve the size. */
const WHEEL_DOUBLING_PX = 400;
/** Chromium reports a pinch as Ctrl+wheel, with a hundredfold of the scale's logarithm: small numbers. */
const PINCH_UNITS = 100;

/** Listens on the element that covers the picture; disposing takes all listeners away. */
export function listenToHand(id: string, element: HTMLElement): Disposable {
  const left = new AbortController();
  const options = { signal: left.signal };
  const here = (event: MouseEvent): CanvasPoint => {
    const box = element.getBoundingClientRect();
    return canvasPoint(event.clientX - box.left, event.clientY - box.top);
  };
  listenToPointer(id, element, { here, options });
  listenToWheel(id, element, { here, options });
  element.addEventListener('dblclick', () => toggleMaximised(), options);
  element.addEventListener('contextmenu', (event) => event.preventDefault(), options);
  // The middle button pans; without this it starts the browser's own scrolling.
  element.addEventListener('mousedown', (event) => event.button === 1 && event.preventDefault(), options);
  return toDisposable(() => left.abort());
}

interface Ear {
  readonly here: (event: MouseEvent) => CanvasPoint;
  readonly options: { readonly signal: AbortSignal };
}

function listenToPointer(id: string, element: HTMLElement, { here, options }: Ear): void {
  let gesture: Gesture | null = null;
  let pressed = -1;
  const leave = (how: 'end' | 'cancel'): void => {
    const ended = gesture;
    gesture = null;
    pressed = -1;
    ended?.[how]();
  };
  element.addEventListener(
    'pointerdown',
    (event) => {
      setActive(id);
      if (gesture) {
        leave('cancel');
        return;
      }
      gesture = toolForButton(event.button)?.begin(id, here(event)) ?? null;
      if (!gesture) return;
      stop(id);
      pressed = event.button;
      element.setPointerCapture(event.pointerId);
    },
    options,
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      const at = here(event);
      gesture?.move(at);
      reportShown(id, { cursor: at });
    },
    options,
  );
  element.addEventListener('pointerup', (event) => event.button === pressed && leave('end'), options);
  element.addEventListener('pointercancel', () => leave('cancel'), options);
  element.addEventListener('lostpointercapture', () => leave('cancel'), options);
  element.addEventListener('pointerleave', () => gesture ?? reportShown(id, { cursor: null }), options);
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !gesture) return;
      event.stopPropagation();
      event.preventDefault();
      leave('cancel');
    },
    { ...options, capture: true },
  );
}

function listenToWheel(id: string, element: HTMLElement, { here, options }: Ear): void {
  let state = WHEEL_AT_REST;
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      setActive(id);
      if (event.ctrlKey) {
        zoomBy(id, zoomOfWheel(event.deltaY), here(event));
        return;
      }
      stop(id);
      const { deltaY, deltaMode, timeStamp: timeMs } = event;
      const next = stepsOfWheel(state, { deltaY, deltaMode, notchUnits: notchUnitsOf(event), timeMs });
      state = next.state;
      if (next.steps !== 0) scrollBy(id, next.steps);
    },
    { ...options, passive: false },
  );
}

function zoomOfWheel(deltaY: number): number {
  const isPinch = Math.abs(deltaY) < PINCH_UNITS / 2;
  return isPinch ? Math.exp(-deltaY / PINCH_UNITS) : 2 ** (-deltaY / WHEEL_DOUBLING_PX);
}

/** Chromium still has `wheelDeltaY`, which the DOM types rightly no longer promise. */
function notchUnitsOf(event: WheelEvent): number {
  return 'wheelDeltaY' in event && typeof event.wheelDeltaY === 'number' ? event.wheelDeltaY : 0;
}
