import { Command as Palette } from 'cmdk';
import { Check, Search } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { t, tKey } from '../../strings';
import { Kbd, Overlay } from '../../ui';
import { commandStore, runCommand, type Command } from '../../viewing/commands';
import { commandGroups } from './commandGroups';
import { paletteStore, showPalette } from './paletteStore';
import './palette.css';

/** Every command that can run now, found by typing a part of its name. */
export function CommandPalette() {
  const isOpen = useStore(paletteStore, (state) => state.isOpen);
  return isOpen ? <OpenPalette /> : null;
}

function OpenPalette() {
  const [groups] = useState(() => commandGroups([...commandStore.getState().commands.values()]));
  const choose = (id: string) => {
    showPalette(false);
    // After the dialog has given the focus back, so that the command may move it.
    setTimeout(() => runCommand(id), 0);
  };
  return (
    <Overlay label={t('app.palette.label')} width={600} onClose={() => showPalette(false)}>
      <Palette label={t('app.palette.label')} loop className="palette">
        <div className="palette-field">
          <Search size={16} strokeWidth={1.5} />
          <Palette.Input data-first-focus placeholder={t('app.palette.placeholder')} />
        </div>
        <Palette.List>
          <Palette.Empty>{t('app.palette.empty')}</Palette.Empty>
          {groups.map(({ groupKey, commands }) => (
            <Palette.Group key={groupKey} heading={tKey(groupKey)}>
              {commands.map((command) => (
                <PaletteItem key={command.id} command={command} onChoose={choose} />
              ))}
            </Palette.Group>
          ))}
        </Palette.List>
      </Palette>
      <footer className="palette-hints">
        <Kbd keys="ArrowUp" />
        <Kbd keys="ArrowDown" />
        {t('app.palette.move')}
        <Kbd keys="Enter" />
        {t('app.palette.run')}
        <Kbd keys="Escape" />
        {t('app.palette.close')}
      </footer>
    </Overlay>
  );
}

function PaletteItem({ command, onChoose }: { readonly command: Command; readonly onChoose: (id: string) => void }) {
  const [firstKey] = command.keys;
  const title = command.title ?? tKey(command.titleKey);
  return (
    <Palette.Item value={command.id} keywords={[title, tKey(command.groupKey)]} onSelect={() => onChoose(command.id)}>
      <span className="palette-check">{command.isActive?.() && <Check size={14} strokeWidth={2} />}</span>
      <span className="palette-title">{title}</span>
      {firstKey !== undefined && <Kbd keys={firstKey} />}
    </Palette.Item>
  );
}
