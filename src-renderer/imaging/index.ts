export { createFrameStore } from './frameStore';
export type * from './types';
