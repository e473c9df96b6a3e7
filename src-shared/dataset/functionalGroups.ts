/**
 * Enhanced multi-frame objects keep what classic ones have at their top level in functional groups: shared, or one for
 * each frame. Source: PS3.3 C.7.6.16.
 */
import type { DataSet } from './dataSet';
import { Tag } from './tags';

/** The data sets to ask for an attribute of a macro, most specific first: frame, shared, top level. */
export interface FunctionalGroups {
  /** The data set that holds the macro `sequenceTag` for a frame; the top level when no group has it. */
  macro(sequenceTag: number, frameIndex?: number): DataSet;
  /** Whether frames have their own. */
  isPerFrame(sequenceTag: number): boolean;
  /** Frames described one by one. */
  readonly frameCount: number;
}

export function functionalGroups(dataSet: DataSet): FunctionalGroups {
  const shared = dataSet.items(Tag.SharedFunctionalGroupsSequence, 1)[0];
  const frames = dataSet.items(Tag.PerFrameFunctionalGroupsSequence);
  return {
    frameCount: frames.length,
    macro: (tag, index = 0) => frames[index]?.items(tag, 1)[0] ?? shared?.items(tag, 1)[0] ?? dataSet,
    isPerFrame: (tag) => frames[0]?.elements.has(tag) ?? false,
  };
}
