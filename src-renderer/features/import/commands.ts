/** The commands that open things. */
import type { ImportReport } from '../../../src-shared/contract';
import { registerCommands, type Command } from '../../viewing/commands';
import { importStore, showReport } from './importStore';
import { cancelImport, chooseAndImport, importDemo, isImporting } from './opening';

/** `onImported` hears of every opening that a command led to. */
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
    }),
    command('import.files', 'import.commands.files', async () => onImported(await chooseAndImport('files')), {
      keys: ['$mod+Shift+o'],
    }),
    command('import.demo', 'import.commands.demo', async () => onImported(await importDemo())),
    command('import.cancel', 'import.commands.cancel', cancelImport, { isEnabled: isImporting }),
    command('import.report', 'import.commands.report', () => showReport('latest'), {
      isActive: () => importStore.getState().shownReport !== null,
    }),
  ]);
}
