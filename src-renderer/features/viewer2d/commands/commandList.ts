/** The commands of the reading screen. Keys follow IHE Basic Image Review; what comes later already holds its key. */
import type { Command } from '../../../viewing/commands';
import { cineCommands } from './cineCommands';
import { layoutCommands } from './layoutCommands';
import { toolCommands } from './toolCommands';
import { viewCommands } from './viewCommands';
import { windowCommands } from './windowCommands';

export function readingCommands(): readonly Command[] {
  return [...toolCommands(), ...viewCommands(), ...windowCommands(), ...layoutCommands(), ...cineCommands()].map(
    (command) => ({ ...command, place: 'reading' }),
  );
}
