/** Says that one patient took the place of another, and offers the explicit act that shows both. */
import { dismissNotice, notify } from '../../../viewing/notices';
import type { OpenStudy } from '../../../viewing/openStudies';
import { t } from '../../../strings';
import { readableName } from '../bar/names';

/** The offer on screen; with the next patient it would name somebody who is no longer there. */
let offer: number | null = null;

export function announceReplaced(
  before: readonly OpenStudy[],
  opened: OpenStudy,
  showBoth: (studyIds: readonly number[]) => Promise<void>,
): void {
  if (offer !== null) dismissNotice(offer);
  offer = null;
  const [closed] = before;
  if (!closed) return;
  const values = { closed: readableName(closed.row.patient), opened: readableName(opened.row.patient) };
  offer = notify({
    tone: 'info',
    message: t('reading.patient.replaced', values),
    action: {
      label: t('reading.patient.showBoth'),
      run: () => void showBoth(before.map(({ row }) => row.studyId)),
    },
  });
}
