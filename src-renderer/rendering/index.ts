export { createSliceRenderer } from './sliceRenderer';
export type * from './types';
