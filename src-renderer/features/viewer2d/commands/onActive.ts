/** Commands that act on the active viewport are enabled only when it shows a stack. */
import type { Command } from '../../../viewing/commands';
import { activeViewport, canTurn } from '../../../viewing/screen';
import type { StringKey } from '../../../strings';

export interface ActiveCommand {
  readonly id: string;
  readonly title: StringKey;
  readonly group: StringKey;
  readonly keys?: readonly string[];
  readonly run: (viewportId: string) => void | Promise<void>;
  readonly isActive?: (viewportId: string) => boolean;
}

export const hasActiveStack = (): boolean => activeViewport().content !== null;

export function onActive({ id, title, group, keys = [], run, isActive }: ActiveCommand): Command {
  const command: Command = {
    id,
    titleKey: title,
    groupKey: group,
    keys,
    run: () => run(activeViewport().id),
    isEnabled: hasActiveStack,
  };
  return isActive ? { ...command, isActive: () => isActive(activeViewport().id) } : command;
}

/** The same, for projections only. */
export function onProjection(command: ActiveCommand): Command {
  return { ...onActive(command), isEnabled: () => canTurn(activeViewport()) };
}
