import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../src-shared/contract';
import type { Command } from '../viewing/commands';
import { bannerText } from './ConnectionBanner';
import { commandForKey, keepsKey, type KeyFocus } from './keyDispatch';
import { changedPreferences } from './preferences';

function pressed(key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent {
  const modifiers: Record<string, boolean> = {
    Control: more.ctrlKey === true,
    Shift: more.shiftKey === true,
    Alt: more.altKey === true,
  };
  const event = {
    key,
    code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
    repeat: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    getModifierState: (modifier: string) => modifiers[modifier] === true,
    ...more,
  };
  return event as unknown as KeyboardEvent;
}

const command = (id: string, keys: readonly string[], more: Partial<Command> = {}): Command => ({
  id,
  titleKey: id,
  groupKey: 'g',
  keys,
  run: () => undefined,
  ...more,
});

const commands = [
  command('app.palette', ['$mod+k']),
  command('app.shortcuts', ['[Shift]+?']),
  command('any.w', ['w']),
  command('view.window', ['w'], { place: 'reading' }),
  command('view.next', ['ArrowDown'], { place: 'reading' }),
  command('view.off', ['x'], { isEnabled: () => false }),
];

describe('commandForKey', () => {
  it.each<[string, Partial<KeyboardEvent>, 'library' | 'reading', string | null]>([
    ['k', { ctrlKey: true }, 'library', 'app.palette'],
    ['k', {}, 'library', null],
    ['?', { shiftKey: true }, 'library', 'app.shortcuts'],
    ['?', {}, 'reading', 'app.shortcuts'],
    ['w', {}, 'library', 'any.w'],
    ['w', {}, 'reading', 'view.window'],
    ['x', {}, 'reading', null],
    ['ArrowDown', {}, 'library', null],
    ['ArrowDown', { repeat: true }, 'reading', 'view.next'],
    ['w', { repeat: true }, 'reading', null],
  ])('%s %j in %s', (key, more, place, id) => {
    expect(commandForKey(pressed(key, more), commands, place)?.id ?? null).toBe(id);
  });
});

describe('keepsKey', () => {
  it.each<[KeyFocus, string, Partial<KeyboardEvent>, boolean]>([
    ['text', 'w', {}, true],
    ['text', 'Escape', {}, true],
    ['text', 'k', { ctrlKey: true }, false],
    ['text', 'c', { ctrlKey: true }, true],
    ['text', 'F2', {}, false],
    ['text', '1', { altKey: true }, false],
    ['choice', 'ArrowDown', {}, true],
    ['choice', 'w', {}, false],
    ['button', ' ', {}, true],
    ['button', 'w', {}, false],
    ['menu', 'ArrowDown', {}, true],
    ['nothing', 'Enter', {}, false],
  ])('%s keeps %s %j: %s', (focus, key, more, keeps) => {
    expect(keepsKey(focus, pressed(key, more))).toBe(keeps);
  });
});

describe('bannerText', () => {
  it('calls nothing lost before the services have answered once', () => {
    expect(bannerText({ status: 'restarting', message: '' }, true)).toBe('Connecting to the background service…');
  });

  it('prefers what the host says', () => {
    expect(bannerText({ status: 'failed', message: 'The disk is full.' }, false)).toBe('The disk is full.');
  });
});

describe('changedPreferences', () => {
  it('names only what differs', () => {
    const preferences = { overlayLevel: 'off', interpolation: 'linear', cineFramesPerSecond: 15 } as const;
    const settings = settingsSchema.parse({ ...preferences, overlayLevel: 'full' });
    expect(changedPreferences(preferences, settings)).toEqual({ overlayLevel: 'off' });
  });
});
