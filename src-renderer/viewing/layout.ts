/** Actions on the grid: its shape, which viewport is active, one viewport over all. */
import { assert } from '../../src-shared/base/assert';
import { remember } from './history';
import {
  MAX_COLUMNS,
  MAX_ROWS,
  screenStore,
  visibleIndices,
  type Layout,
  type ScreenState,
  type ViewportState,
} from './screen';

/**
 * Changes the shape of the grid. What leaves the screen keeps its content and comes back with a larger grid; the
 * active viewport stays on screen, exchanging places with the last visible one when it would leave.
 */
export function setLayout(layout: Layout): void {
  const isShape = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most;
  assert(isShape(layout.rows, MAX_ROWS) && isShape(layout.columns, MAX_COLUMNS), 'a grid from 1×1 to 4×4');
  remember();
  screenStore.setState((state) => ({
    ...withActiveInside(state, layout.rows * layout.columns),
    layout,
    isMaximised: false,
  }));
}

function withActiveInside(state: ScreenState, count: number): Pick<ScreenState, 'viewports' | 'activeIndex'> {
  const { viewports, activeIndex } = state;
  if (activeIndex < count) return { viewports, activeIndex };
  const swapped = viewports.map((viewport, index) => {
    if (index === activeIndex) return placed(viewports[count - 1], viewport);
    if (index === count - 1) return placed(viewports[activeIndex], viewport);
    return viewport;
  });
  return { viewports: swapped, activeIndex: count - 1 };
}

/** `content` moved to the place of `place`. */
function placed(content: ViewportState | undefined, place: ViewportState): ViewportState {
  return content ? { ...content, id: place.id } : place;
}

export function setActive(id: string): void {
  const { viewports, activeIndex } = screenStore.getState();
  const index = viewports.findIndex((viewport) => viewport.id === id);
  assert(index >= 0, `viewport ${id} exists`);
  if (index !== activeIndex) screenStore.setState({ activeIndex: index });
}

/** Moves the active mark through the viewports on screen, around the end. */
export function activateNext(by: 1 | -1): void {
  const state = screenStore.getState();
  const count = state.layout.rows * state.layout.columns;
  screenStore.setState({ activeIndex: (state.activeIndex + by + count) % count });
}

/** The active viewport over the whole grid, or back. */
export function toggleMaximised(): void {
  screenStore.setState(({ isMaximised }) => ({ isMaximised: !isMaximised }));
}

/** Viewports on screen, in reading order. */
export function visibleViewports(state: ScreenState = screenStore.getState()): readonly ViewportState[] {
  return visibleIndices(state).flatMap((index) => state.viewports[index] ?? []);
}
