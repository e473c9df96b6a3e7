/**
 * Enhanced multi-frame objects keep what classic ones have at their top level in functional groups: shared, or one for
 * each frame. Source: PS3.3 C.7.6.16.
 */
import type { DataSet } from './dataSet';
import { Tag } from './tags';

/** The data sets to ask for an attribute of a macro, most specific first: frame, shared, top level. */
export interface FunctionalGroups {
  readonly isEnhanced: boolean;
  /** The data set that holds the macro `sequenceTag` for a frame; the top level when no group has it. */
  macro(sequenceTag: number, frameIndex?: number): DataSet;
  /** Whether each frame has its own. */
  isPerFrame(sequenceTag: number): boolean;
}

export function functionalGroups(dataSet: DataSet): FunctionalGroups {
  const shared = dataSet.items(Tag.SharedFunctionalGroupsSequence, 1)[0];
  const isPerFramePresent = dataSet.elements.has(Tag.PerFrameFunctionalGroupsSequence);
  let frames: DataSet[] | null = null;
  const frameGroup = (index: number): DataSet | undefined => {
    if (!isPerFramePresent) return undefined;
    frames ??= dataSet.items(Tag.PerFrameFunctionalGroupsSequence);
    return frames[index];
  };
  return {
    isEnhanced: shared !== undefined || isPerFramePresent,
    macro: (tag, index = 0) => frameGroup(index)?.items(tag, 1)[0] ?? shared?.items(tag, 1)[0] ?? dataSet,
    isPerFrame: (tag) => frameGroup(0)?.elements.has(tag) ?? false,
  };
}
