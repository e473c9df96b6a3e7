import type { Command } from '../../viewing/commands';

export interface CommandGroup {
  readonly groupKey: string;
  readonly commands: readonly Command[];
}

/** The commands that can run now, by group, in the order in which they were registered. */
export function commandGroups(commands: readonly Command[]): readonly CommandGroup[] {
  const enabled = commands.filter((command) => command.isEnabled?.() !== false);
  return [...Map.groupBy(enabled, (command) => command.groupKey)].map(([groupKey, members]) => ({
    groupKey,
    commands: members,
  }));
}
