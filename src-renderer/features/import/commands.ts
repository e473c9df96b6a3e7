/** The commands that bring things in. */
import type { ImportReport } from '../../../src-shared/contract';
import { registerCommands, type Command } from '../../viewing/commands';
import { isLibraryWritable } from '../../viewing/libraryMode';
import { choiceOf, isChoiceValid } from './choosing/choice';
import { importStore, isAskingChoice, showReport } from './importStore';
import { cancelImport, chooseAndImport, importDemo, isImporting, resumeImport, takeChoice } from './opening';

/** `onImported` hears of every import that a command led to. */
export function registerImportCommands(onImported: (report: ImportReport | null) => void): () => void {
  const command = (id: string, titleKey: string, run: Command['run'], more: Partial<Command> = {}): Command => ({
    id,
    titleKey,
    groupKey: 'import.group',
    keys: [],
    run,
    ...more,
  });
  return registerCommands([
    command('import.folder', 'import.commands.folder', async () => onImported(await chooseAndImport('folder')), {
      keys: ['$mod+o'],
      isEnabled: isLibraryWritable,
    }),
    command('import.files', 'import.commands.files', async () => onImported(await chooseAndImport('files')), {
      keys: ['$mod+Shift+o'],
      isEnabled: isLibraryWritable,
    }),
    command('import.demo', 'import.commands.demo', async () => onImported(await importDemo()), {
      isEnabled: isLibraryWritable,
    }),
    command('import.confirm', 'import.commands.confirm', confirmChoice, {
      keys: ['$mod+Enter'],
      isEnabled: () => isAskingChoice(importStore.getState()),
    }),
    command('import.resume', 'import.commands.resume', resumeImport, {
      isEnabled: () => (importStore.getState().running?.pause ?? null) !== null,
    }),
    command('import.cancel', 'import.commands.cancel', cancelImport, { isEnabled: isImporting }),
    command('import.report', 'import.commands.report', () => showReport('latest'), {
      keys: ['$mod+Shift+e'],
      isActive: () => importStore.getState().shownReport !== null,
    }),
  ]);
}

/** As the panel's own button. */
async function confirmChoice(): Promise<void> {
  const { running } = importStore.getState();
  if (running?.tree && isChoiceValid(running.choice)) {
    await takeChoice(choiceOf(running.sources, running.tree, running.choice));
  }
}
