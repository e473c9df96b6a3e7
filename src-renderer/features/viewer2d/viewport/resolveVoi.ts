/** The person's choice of window, made numbers for one frame. */
import type { LookupTable } from '../../../../src-shared/dicom/display';
import { modalityValue } from '../../../../src-shared/dicom/grey';
import type { DecodedFrame } from '../../../imaging/types';
import type { SliceVoi } from '../../../rendering';
import type { ShownWindow } from '../../../viewing/shown';
import type { Voi, WindowLevel } from '../../../viewing/voi';
import { automaticWindow } from './automaticWindow';
import { isWholeValued, modalityUnit } from './probe';

export interface ResolvedVoi {
  readonly voi: SliceVoi;
  /** `null` for colour, which has no window. */
  readonly window: ShownWindow | null;
}

/** What the renderer needs besides: it ignores the window of a colour frame. */
const COLOUR: ResolvedVoi = { voi: { kind: 'window', center: 128, width: 256, fn: 'LINEAR' }, window: null };

/**
 * `default` takes the file's VOI LUT, else its first window, else the automatic one: a file that carries a table means
 * it, and its windows are then the approximation. Source: PS3.3 C.11.2.1.
 */
export function resolveVoi(choice: Voi, frame: DecodedFrame): ResolvedVoi {
  if (frame.kind === 'colour') return COLOUR;
  switch (choice.kind) {
    case 'default': {
      const table = frame.display.voiTables[0];
      if (table) return byTable(frame, table);
      const first = frame.display.windows.find(({ width }) => width > 0);
      return byWindow(frame, first ?? automaticWindow(frame));
    }
    case 'auto':
      return byWindow(frame, automaticWindow(frame));
    case 'preset':
    case 'explicit':
      return byWindow(frame, choice);
  }
}

function byTable(frame: DecodedFrame, table: LookupTable): ResolvedVoi {
  const width = Math.max(table.entries.length, 1);
  const window = { center: table.firstMapped + width / 2, width };
  return { voi: { kind: 'table', table }, window: { ...window, ...factsOf(frame), isTable: true } };
}

function byWindow(frame: DecodedFrame, { center, width }: WindowLevel): ResolvedVoi {
  const facts = factsOf(frame);
  const asked = frame.display.voiFunction;
  // LINEAR is undefined below a width of 1; LINEAR_EXACT is its continuation. Source: PS3.3 C.11.2.1.2 and C.11.2.1.3.2.
  const fn = asked === 'LINEAR' && width < 1 ? 'LINEAR_EXACT' : asked;
  return { voi: { kind: 'window', center, width, fn }, window: { center, width, ...facts, isTable: false } };
}

function factsOf(frame: DecodedFrame): Pick<ShownWindow, 'unit' | 'range' | 'isWhole'> {
  const low = modalityValue(frame.display.modality, frame.minStored);
  const high = modalityValue(frame.display.modality, frame.maxStored);
  return { unit: modalityUnit(frame.display), range: Math.abs(high - low), isWhole: isWholeValued(frame) };
}
