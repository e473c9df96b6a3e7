import { expect, it } from 'vitest';
import type { Command } from '../../viewing/commands';
import { shortcutGroups } from './shortcutGroups';

const command = (id: string, titleKey: string, keys: readonly string[]): Command => ({
  id,
  titleKey,
  groupKey: 'app.group',
  keys,
  run: () => undefined,
});

const all = [
  command('a', 'app.commands.palette', ['$mod+k']),
  command('b', 'app.commands.settings', []),
  command('c', 'app.commands.shortcuts', ['Shift+?']),
];

it.each([
  ['', ['a', 'c']],
  ['PALETTE', ['a']],
  ['?', ['c']],
  ['nothing like it', []],
])('filter %j', (filter, ids) => {
  expect(shortcutGroups(all, filter).flatMap(({ shortcuts }) => shortcuts.map(({ id }) => id))).toEqual(ids);
});
