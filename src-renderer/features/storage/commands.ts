/** The commands of the storage panel. */
import { registerCommands, type Command } from '../../viewing/commands';
import { isLibraryWritable } from '../../viewing/libraryMode';
import { cancelCheck, startCheck } from './actions';
import { isChecking, showStorage, storageStore } from './storageStore';

export function registerStorageCommands(): () => void {
  const command = (verb: string, titleKey: string, run: Command['run'], more: Partial<Command> = {}): Command => ({
    id: `storage.${verb}`,
    titleKey,
    groupKey: 'storage.group',
    keys: [],
    run,
    ...more,
  });
  const canCheck = () => isLibraryWritable() && !isChecking();
  return registerCommands([
    command('show', 'storage.commands.show', () => showStorage(!storageStore.getState().isOpen), {
      keys: ['$mod+Shift+s'],
      isActive: () => storageStore.getState().isOpen,
    }),
    command('verify', 'storage.commands.verify', () => startCheck('quick'), { isEnabled: canCheck }),
    command('verifyDeep', 'storage.commands.verifyDeep', () => startCheck('deep'), { isEnabled: canCheck }),
    command('rebuild', 'storage.commands.rebuild', () => startCheck('rebuild'), { isEnabled: canCheck }),
    command('cancelCheck', 'storage.commands.cancelCheck', cancelCheck, { isEnabled: isChecking }),
  ]);
}
