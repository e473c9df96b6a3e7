export { createSliceRenderer, type SliceRendererOptions } from './sliceRenderer';
export type * from './types';
