/** One row of tools, grouped. Everything here is a command with a key. */
import {
  Expand,
  FlipHorizontal2,
  FlipVertical2,
  Hand,
  Redo2,
  RotateCcw,
  RotateCw,
  Scan,
  Text,
  Undo2,
  Contrast,
  MousePointer2,
  WandSparkles,
  ZoomIn,
  ListRestart,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { useStore } from 'zustand';
import { activeViewport, screenStore } from '../../../viewing/screen';
import { OneToOneGlyph, ScrollGlyph, Toolbar, ToolbarGroup, WindowGlyph } from '../../../ui';
import { t } from '../../../strings';
import { CineControls } from './CineControls';
import { CommandButton } from './CommandButton';
import { LayoutPicker } from './LayoutPicker';
import { PresetMenu } from './PresetMenu';
import './toolbar.css';

const SIZE = 17;
const icon = (Icon: ComponentType<{ size: number; strokeWidth: number }>) => <Icon size={SIZE} strokeWidth={1.5} />;

export function ReadingToolbar() {
  const isEmpty = useStore(screenStore, (state) => activeViewport(state).content === null);
  const reason = t(isEmpty ? 'reading.reason.empty' : 'reading.reason.crossSection');
  return (
    <Toolbar label={t('reading.group.tools')}>
      <ToolbarGroup label={t('reading.group.tools')}>
        <CommandButton id="tool.scroll" isToggle icon={<ScrollGlyph size={SIZE} />} />
        <CommandButton id="tool.window" isToggle icon={<WindowGlyph size={SIZE} />} />
        <CommandButton id="tool.zoom" isToggle icon={icon(ZoomIn)} />
        <CommandButton id="tool.pan" isToggle icon={icon(Hand)} />
        <CommandButton id="tool.select" isToggle icon={icon(MousePointer2)} />
      </ToolbarGroup>
      <ToolbarGroup label={t('reading.group.window')}>
        <PresetMenu />
        <CommandButton id="viewer.windowAuto" icon={icon(WandSparkles)} />
        <CommandButton id="viewer.invert" isToggle icon={icon(Contrast)} />
      </ToolbarGroup>
      <ToolbarGroup label={t('reading.group.view')}>
        <CommandButton id="viewer.fit" icon={icon(Scan)} />
        <CommandButton id="viewer.oneToOne" icon={<OneToOneGlyph size={SIZE} />} />
        <CommandButton id="viewer.rotateLeft" icon={icon(RotateCcw)} reason={reason} />
        <CommandButton id="viewer.rotateRight" icon={icon(RotateCw)} reason={reason} />
        <CommandButton id="viewer.flipHorizontal" icon={icon(FlipHorizontal2)} reason={reason} />
        <CommandButton id="viewer.flipVertical" icon={icon(FlipVertical2)} reason={reason} />
      </ToolbarGroup>
      <ToolbarGroup label={t('reading.group.view')}>
        <CommandButton id="viewer.reset" icon={icon(ListRestart)} />
        <CommandButton id="viewer.undo" icon={icon(Undo2)} />
        <CommandButton id="viewer.redo" icon={icon(Redo2)} />
      </ToolbarGroup>
      <ToolbarGroup label={t('reading.group.cine')}>
        <CineControls />
      </ToolbarGroup>
      <span className="toolbar-room" />
      <ToolbarGroup label={t('reading.group.layout')}>
        <LayoutPicker />
        <CommandButton id="layout.maximise" isToggle icon={icon(Expand)} />
        <CommandButton id="viewer.cycleOverlays" icon={icon(Text)} />
      </ToolbarGroup>
    </Toolbar>
  );
}
