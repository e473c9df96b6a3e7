/** What must be read from a phantom series, for the tests that read it through the window. */
import { patientPointOf } from '../../src-shared/phantom/grid';
import type { PhantomSeries } from '../../src-shared/phantom/series';

export { storedAt } from '../../src-shared/phantom/series';

/** Centre of a pixel, LPS mm. */
export function patientPointOfSeries(
  { grid }: PhantomSeries,
  at: { readonly column: number; readonly row: number; readonly slice: number },
): readonly [number, number, number] {
  return patientPointOf(grid, at.column, at.row, at.slice);
}
