/** The library's commands. */
import { services } from '../../host';
import { formatCount, t } from '../../strings';
import { copyText } from '../../ui';
import { goTo, placeStore } from '../../viewing/place';
import { registerCommands, type Command } from '../../viewing/commands';
import { notify } from '../../viewing/notices';
import { collapseAll, libraryViewStore, select, setExpanded } from './libraryView';
import { studyKey } from './rows';
import { selectedStudy } from './visible';

/** Id of the filter field, which a command moves the focus to. */
export const FILTER_ID = 'library-filter';

export function registerLibraryCommands(onOpenStudy: (studyId: number) => void): () => void {
  const hasSelection = () => placeStore.getState().place === 'library' && selectedStudy() !== null;
  const ofSelected = (act: (studyId: number) => void | Promise<void>) => () => {
    const study = selectedStudy();
    return study ? act(study.studyId) : undefined;
  };
  const command = (
    verb: keyof typeof VERBS,
    run: Command['run'],
    more: Partial<Pick<Command, 'keys' | 'isEnabled' | 'place'>> = {},
  ): Command => ({ id: `library.${verb}`, titleKey: VERBS[verb], groupKey: 'library.group', keys: [], run, ...more });

  return registerCommands([
    command('filter', focusFilter, { keys: ['/', '$mod+f'], place: 'library' }),
    command('open', ofSelected(onOpenStudy), { keys: ['Enter'], place: 'library', isEnabled: hasSelection }),
    command('expand', ofSelected(toggleSeries), { keys: ['Space'], place: 'library', isEnabled: hasSelection }),
    command('collapseAll', collapseAll, {
      place: 'library',
      isEnabled: () => libraryViewStore.getState().expanded.size > 0,
    }),
    command('checkFiles', ofSelected(checkFiles), { isEnabled: hasSelection }),
    command('checkAllFiles', () => checkFiles()),
    command('copyId', () => copyOf((study) => study.patient.patientId), {
      keys: ['$mod+c'],
      place: 'library',
      isEnabled: hasSelection,
    }),
    command('copyAccession', () => copyOf((study) => study.study.accessionNumber), { isEnabled: hasSelection }),
  ]);
}

const VERBS = {
  filter: 'library.commands.filter',
  open: 'library.commands.open',
  expand: 'library.commands.expand',
  collapseAll: 'library.commands.collapseAll',
  checkFiles: 'library.commands.checkFiles',
  checkAllFiles: 'library.commands.checkAllFiles',
  copyId: 'library.commands.copyId',
  copyAccession: 'library.commands.copyAccession',
} as const;

function focusFilter(): void {
  goTo('library');
  const field = document.getElementById(FILTER_ID);
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

function toggleSeries(studyId: number): void {
  const isExpanded = libraryViewStore.getState().expanded.has(studyId);
  setExpanded(studyId, !isExpanded);
  select(studyKey(studyId));
}

/** Looks whether the files of a study, or of all, are still there, and says what it found. */
export async function checkFiles(studyId?: number): Promise<void> {
  try {
    const { missing, found } = await services().library.checkFiles(studyId === undefined ? {} : { studyId });
    if (missing === 0) notify({ tone: 'info', message: t('library.checked.allThere', { count: found }) });
    else {
      const all = formatCount(missing + found);
      notify({ tone: 'caution', message: t('library.checked.someMissing', { count: missing, all }) });
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notify({ tone: 'caution', message: t('library.checked.failed', { reason }) });
  }
}

async function copyOf(pick: (study: NonNullable<ReturnType<typeof selectedStudy>>) => string): Promise<void> {
  const study = selectedStudy();
  if (study) await copyText(pick(study));
}
