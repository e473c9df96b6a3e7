/** Acts on the files of studies. */
import { services, shell } from '../../../host';
import { formatCount, t } from '../../../strings';
import { notify } from '../../../viewing/notices';
import { trying } from './trying';

/** Looks whether the files of some studies, or of all, are still there, and says what it found. */
export async function checkFiles(studyIds?: readonly number[]): Promise<void> {
  await trying('library.checked.failed', async () => {
    const { missing, found } = await counted(studyIds);
    if (missing === 0) notify({ tone: 'info', message: t('library.checked.allThere', { count: found }) });
    else {
      const all = formatCount(missing + found);
      notify({ tone: 'caution', message: t('library.checked.someMissing', { count: missing, all }) });
    }
  });
}

/** For more studies than these the whole library is looked through: one call instead of thousands. */
const MANY = 500;

async function counted(studyIds: readonly number[] | undefined): Promise<{ missing: number; found: number }> {
  if (studyIds === undefined || studyIds.length > MANY) return services().library.checkFiles({});
  let [missing, found] = [0, 0];
  for (const studyId of studyIds) {
    const one = await services().library.checkFiles({ studyId });
    missing += one.missing;
    found += one.found;
  }
  return { missing, found };
}

export async function showInFolder(studyId: number): Promise<void> {
  await trying('library.act.showFailed', () => shell().showInFolder({ level: 'study', id: studyId }));
}
