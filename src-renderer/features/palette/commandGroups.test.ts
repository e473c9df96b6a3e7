import { expect, it } from 'vitest';
import type { Command } from '../../viewing/commands';
import { commandGroups } from './commandGroups';

const command = (id: string, groupKey: string, isEnabled?: () => boolean): Command => ({
  id,
  titleKey: id,
  groupKey,
  keys: [],
  run: () => undefined,
  ...(isEnabled && { isEnabled }),
});

it('groups what can run now, in the order of registration', () => {
  const all = [command('a', 'one'), command('b', 'two', () => false), command('c', 'two'), command('d', 'one')];
  expect(commandGroups(all).map(({ groupKey, commands }) => [groupKey, commands.map(({ id }) => id)])).toEqual([
    ['one', ['a', 'd']],
    ['two', ['c']],
  ]);
});
