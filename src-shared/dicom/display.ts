/** What turns stored values into light, read from one instance. The order is that of PS3.3 C.11 and PS3.4 N.2. */
import type { Rescale, VoiFunction, VoiWindow } from './records';

/** Source: PS3.3 C.11.1.1 and C.11.2.1.1; C.7.6.3.1.5 for palettes. */
export interface LookupTable {
  /** Input value that maps to `entries[0]`; smaller inputs take it too, larger ones take the last entry. */
  readonly firstMapped: number;
  /** Width of an entry, 8 to 16. */
  readonly bits: number;
  readonly entries: Uint16Array<ArrayBuffer>;
  readonly explanation: string;
}

export type ModalityTransform =
  | ({ readonly kind: 'rescale' } & Rescale)
  | { readonly kind: 'table'; readonly table: LookupTable; readonly unit: string };

export interface DisplayTransform {
  readonly photometricInterpretation: string;
  /** `null`: modality values are the stored values, without a unit. */
  readonly modality: ModalityTransform | null;
  readonly windows: readonly VoiWindow[];
  readonly voiFunction: VoiFunction;
  readonly voiTables: readonly LookupTable[];
  /** Presentation LUT Shape INVERSE. */
  readonly isInverse: boolean;
  /** Stored values that are no image: from `min` to `max`, both included. */
  readonly padding: { readonly min: number; readonly max: number } | null;
  readonly palette: { readonly red: LookupTable; readonly green: LookupTable; readonly blue: LookupTable } | null;
}
