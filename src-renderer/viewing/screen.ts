/**
 * What the reading screen shows, as plain data: a grid of viewports, each with a stack, a slice, a window and a camera.
 * This file holds the state and its questions; the actions are in `layout.ts`, `patients.ts` and `viewport.ts`.
 */
import { createStore } from 'zustand/vanilla';
import { present } from '../../src-shared/base/assert';
import type { PatientRecord, SeriesRecord, StudyRecord } from '../../src-shared/dicom/records';
import type { Stack, StackImage } from '../../src-shared/dicom/stack';
import { FITTED, pixelAspectOf, type Camera, type ImageFrame } from './camera';
import { DEFAULT_VOI, type Voi } from './voi';

/** A stack and whose it is. */
export interface StackContent {
  readonly stack: Stack;
  readonly seriesId: number;
  readonly patientKey: string;
  readonly patient: PatientRecord;
  readonly study: StudyRecord;
  readonly series: SeriesRecord;
}

export interface ViewportState {
  /** `viewport-0` is the first cell of the grid; the identity of the place, not of what it shows. */
  readonly id: string;
  readonly content: StackContent | null;
  readonly imageIndex: number;
  /** The last direction of scrolling. */
  readonly direction: 1 | -1;
  readonly voi: Voi;
  readonly isInverted: boolean;
  readonly camera: Camera;
}

export interface Layout {
  readonly rows: number;
  readonly columns: number;
}

export interface ScreenState {
  readonly layout: Layout;
  /** All sixteen places; the first `rows · columns` are on screen. */
  readonly viewports: readonly ViewportState[];
  readonly activeIndex: number;
  /** The active viewport alone fills the grid. */
  readonly isMaximised: boolean;
  /** Keys of the patients who may be on screen; more than one only by an explicit act. */
  readonly patientKeys: readonly string[];
}

export const MAX_ROWS = 4;
export const MAX_COLUMNS = 4;

export function emptyViewport(index: number): ViewportState {
  return {
    id: `viewport-${index}`,
    content: null,
    imageIndex: 0,
    direction: 1,
    voi: DEFAULT_VOI,
    isInverted: false,
    camera: FITTED,
  };
}

export function emptyScreen(): ScreenState {
  return {
    layout: { rows: 1, columns: 1 },
    viewports: Array.from({ length: MAX_ROWS * MAX_COLUMNS }, (_, index) => emptyViewport(index)),
    activeIndex: 0,
    isMaximised: false,
    patientKeys: [],
  };
}

export const screenStore = createStore<ScreenState>(emptyScreen);

/** Indices of the viewports that are on screen now. */
export function visibleIndices({ layout, isMaximised, activeIndex }: ScreenState): readonly number[] {
  if (isMaximised) return [activeIndex];
  return Array.from({ length: layout.rows * layout.columns }, (_, index) => index);
}

export function viewportById(state: ScreenState, id: string): ViewportState {
  return present(
    state.viewports.find((viewport) => viewport.id === id),
    `viewport ${id}`,
  );
}

export function activeViewport(state: ScreenState = screenStore.getState()): ViewportState {
  return present(state.viewports[state.activeIndex], 'the active viewport');
}

/** The image a viewport wants to show now; `null` when it is empty. */
export function wantedImage(viewport: ViewportState): StackImage | null {
  return viewport.content?.stack.images[viewport.imageIndex] ?? null;
}

/** What the camera needs to know of an image; `null` when it has no pixels. */
export function imageFrameOf({ record }: StackImage): ImageFrame | null {
  if (!record.pixels) return null;
  return {
    columns: record.pixels.columns,
    rows: record.pixels.rows,
    pixelAspect: pixelAspectOf(record.spacing),
  };
}

/** Modalities whose images are projections, whatever geometry they carry. Source: PS3.3 C.7.3.1.1.1. */
const PROJECTIONS = new Set(['CR', 'DX', 'MG', 'XA', 'RF', 'IO', 'PX', 'RG', 'ES', 'GM', 'XC', 'SM', 'OP']);

/** Turning and flipping make sense for projections; a cross-section keeps the orientation the field expects of it. */
export function canTurn({ content }: ViewportState): boolean {
  if (!content) return false;
  return content.stack.geometry === null || PROJECTIONS.has(content.series.modality);
}

/** Replaces one viewport; an unchanged result changes nothing. */
export function updateViewport(id: string, change: (viewport: ViewportState) => ViewportState): void {
  const before = screenStore.getState().viewports;
  const after = before.map((viewport) => (viewport.id === id ? change(viewport) : viewport));
  if (after.some((viewport, index) => viewport !== before[index])) screenStore.setState({ viewports: after });
}
