import { notify } from '../../../viewing/notices';
import type { Command } from '../../../viewing/commands';
import { cycleOverlayLevel } from '../../../viewing/preferences';
import { chooseTool, toolStore, type ToolId } from '../../../viewing/tools';
import { t, type StringKey } from '../../../strings';

const GROUP = 'reading.group.tools';

export function toolCommands(): readonly Command[] {
  return [
    tool('scroll', 'reading.command.toolScroll', 's'),
    tool('window', 'reading.command.toolWindow', 'w'),
    tool('zoom', 'reading.command.toolZoom', 'z'),
    tool('pan', 'reading.command.toolPan', 't'),
    tool('select', 'reading.command.toolSelect', 'v'),
    {
      id: 'viewer.cycleOverlays',
      titleKey: 'reading.command.overlays',
      groupKey: 'reading.group.view',
      keys: ['i'],
      run: cycleOverlayLevel,
    },
    reserved('tool.distance', { title: 'reading.command.toolDistance', key: 'd', says: 'reading.reserved.measure' }),
    reserved('tool.angle', { title: 'reading.command.toolAngle', key: 'a', says: 'reading.reserved.measure' }),
    reserved('tool.crossHair', { title: 'reading.command.crossHair', key: 'j', says: 'reading.reserved.crossHair' }),
    reserved('viewer.localiser', { title: 'reading.command.localiser', key: 'o', says: 'reading.reserved.localiser' }),
    reserved('viewer.link', { title: 'reading.command.link', key: 'l', says: 'reading.reserved.link' }),
    reserved('viewer.unlink', { title: 'reading.command.unlink', key: 'u', says: 'reading.reserved.link' }),
  ];
}

function tool(id: ToolId, titleKey: StringKey, key: string): Command {
  return {
    id: `tool.${id}`,
    titleKey,
    groupKey: GROUP,
    keys: [key],
    run: () => chooseTool(id),
    isActive: () => toolStore.getState().active === id,
  };
}

interface Reservation {
  readonly title: StringKey;
  readonly key: string;
  readonly says: StringKey;
}

/** A key kept for a tool that is not there yet; pressing it says so. */
function reserved(id: string, { title, key, says }: Reservation): Command {
  return {
    id,
    titleKey: title,
    groupKey: GROUP,
    keys: [key],
    run: () => void notify({ tone: 'info', message: t(says) }),
  };
}
