import { beforeEach, describe, expect, it } from 'vitest';
import { projectionContent, stackContent } from '../../../../tests/support/stackContent';
import { commandStore, registerCommands, runCommand } from '../../../viewing/commands';
import { noticeStore } from '../../../viewing/notices';
import { assignStack, beginPatient } from '../../../viewing/patients';
import { activeViewport } from '../../../viewing/screen';
import { toolStore } from '../../../viewing/tools';
import { readingCommands } from './commandList';

beforeEach(() => {
  beginPatient('anna');
  registerCommands(readingCommands());
});

describe('keys', () => {
  // IHE Basic Image Review, the suggested key set.
  it.each([
    ['s', 'tool.scroll'],
    ['w', 'tool.window'],
    ['z', 'tool.zoom'],
    ['t', 'tool.pan'],
    ['v', 'tool.select'],
    ['d', 'tool.distance'],
    ['a', 'tool.angle'],
    ['j', 'tool.crossHair'],
    ['o', 'viewer.localiser'],
    ['i', 'viewer.cycleOverlays'],
    ['l', 'viewer.link'],
    ['u', 'viewer.unlink'],
    ['c', 'cine.toggle'],
    ['ArrowUp', 'viewer.previousImage'],
    ['ArrowDown', 'viewer.nextImage'],
    ['PageUp', 'viewer.previousSeries'],
    ['PageDown', 'viewer.nextSeries'],
    ['Home', 'viewer.firstImage'],
    ['End', 'viewer.lastImage'],
    ['Escape', 'viewer.reset'],
  ])('[VIEW16] %s is %s', (key, id) => {
    expect(commandStore.getState().commands.get(id)?.keys).toContain(key);
  });

  it('[VIEW16] no key means two things', () => {
    const keys = readingCommands().flatMap((command) => command.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('[VIEW16] a key kept for later says so', () => {
    runCommand('tool.distance');
    expect(noticeStore.getState().notices.at(-1)?.message).toContain('measurement tools');
  });
});

describe('commands', () => {
  it('choose a tool and say which one is on', () => {
    runCommand('tool.zoom');
    const { commands } = commandStore.getState();
    expect([
      toolStore.getState().active,
      commands.get('tool.zoom')?.isActive?.(),
      commands.get('tool.pan')?.isActive?.(),
    ]).toEqual(['zoom', true, false]);
  });

  it('need a stack', () => {
    const before = runCommand('viewer.invert');
    assignStack('viewport-0', stackContent());
    expect([before, runCommand('viewer.invert'), activeViewport().isInverted]).toEqual([false, true, true]);
  });

  it('[VIEW4] turn projections only', () => {
    assignStack('viewport-0', stackContent());
    const crossSection = runCommand('viewer.rotateRight');
    assignStack('viewport-0', projectionContent('DX'));
    expect([crossSection, runCommand('viewer.rotateRight'), activeViewport().camera.rotationDeg]).toEqual([
      false,
      true,
      90,
    ]);
  });
});
