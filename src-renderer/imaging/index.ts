export { createFrameStore, type FrameStoreOptions } from './frameStore';
export type * from './types';
