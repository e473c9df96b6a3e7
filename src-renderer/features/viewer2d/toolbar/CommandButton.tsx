/** A command as a button: its icon, its title and key in the tooltip, and why it cannot be used when it cannot. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { commandStore, runCommand } from '../../../viewing/commands';
import { classes, IconButton } from '../../../ui';
import { tKey } from '../../../strings';
import { useCommandState } from '../state';

export interface CommandButtonProps {
  readonly id: string;
  readonly icon: ReactNode;
  /** Said in the tooltip while the command cannot run. */
  readonly reason?: string;
  /** The command is a state that can be on. */
  readonly isToggle?: boolean;
}

export function CommandButton({ id, icon, reason = '', isToggle = false }: CommandButtonProps) {
  const command = useStore(commandStore, ({ commands }) => commands.get(id));
  const { isEnabled, isActive } = useCommandState(id);
  if (!command) return null;
  const title = tKey(command.titleKey);
  return (
    <IconButton
      label={isEnabled || reason === '' ? title : `${title}. ${reason}`}
      keys={command.keys[0]}
      icon={icon}
      // Not `disabled`: a disabled button shows no tooltip, and the reason is what a person looks for.
      aria-disabled={!isEnabled}
      className={classes(!isEnabled && 'is-off')}
      data-testid={`command-${id}`}
      onClick={() => void runCommand(id)}
      {...(isToggle ? { isPressed: isActive } : {})}
    />
  );
}
