/** The decoded frame that each viewport draws now, for the probe. Pixels never go into a store. */
import type { DecodedFrame } from '../../../imaging/types';

export const shownFrames = new Map<string, DecodedFrame>();
