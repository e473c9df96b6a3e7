/** Who keeps the derived columns of studies (counts, sizes, texts to search) true. Called inside the writers' transactions. */
import type { Growth } from './intakeBatch';

export interface FactKeeper {
  /** Instances that are new; cheap, because it is on the road of every import. */
  grew(instances: readonly Growth[]): void;
  /** Counts and texts of these studies from their rows. */
  recompute(studyIds: readonly number[]): void;
  /** The rows of these studies are about to go. */
  removing(studyIds: readonly number[]): void;
}
