/** Something asked of the services from a click: its failure becomes a notice, a cancellation nothing. */
import { isAbort } from '../../../../src-shared/rpc/errors';
import { notify } from '../../../viewing/notices';

export function attempt(work: Promise<void>): void {
  work.catch((thrown: unknown) => {
    if (isAbort(thrown)) return;
    notify({ tone: 'caution', message: thrown instanceof Error ? thrown.message : String(thrown) });
  });
}
