/** An act of a person on the library: its failure is said, a cancellation not. */
import { isAbort } from '../../../../src-shared/rpc/errors';
import { t, type StringKey } from '../../../strings';
import { notify } from '../../../viewing/notices';

/** Whether it worked. `failedKey` is a sentence with a `reason`. */
export async function trying(failedKey: StringKey, act: () => Promise<void>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (isAbort(error)) return false;
    const reason = error instanceof Error ? error.message : String(error);
    notify({ tone: 'caution', message: t(failedKey, { reason }) });
    return false;
  }
}
