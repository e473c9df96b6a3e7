import { tKey } from '../../strings';
import { keyText } from '../../ui';
import type { Command } from '../../viewing/commands';

export interface ShortcutGroup {
  readonly groupKey: string;
  readonly shortcuts: readonly Pick<Command, 'id' | 'titleKey' | 'keys'>[];
}

/** Every command with a key, by group; `filter` is looked for in titles and keys. */
export function shortcutGroups(commands: readonly Command[], filter: string): readonly ShortcutGroup[] {
  const wanted = filter.trim().toLowerCase();
  const withKeys = commands.filter(({ keys }) => keys.length > 0);
  const found = withKeys.filter(
    ({ titleKey, keys }) =>
      tKey(titleKey).toLowerCase().includes(wanted) || keys.some((key) => keyText(key).toLowerCase() === wanted),
  );
  return [...Map.groupBy(found, ({ groupKey }) => groupKey)].map(([groupKey, shortcuts]) => ({ groupKey, shortcuts }));
}
