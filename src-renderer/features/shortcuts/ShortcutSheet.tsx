import { X } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { t, tKey } from '../../strings';
import { IconButton, Kbd, Overlay, TextInput } from '../../ui';
import { commandStore } from '../../viewing/commands';
import { shortcutGroups, type ShortcutGroup } from './shortcutGroups';
import { shortcutStore, showShortcuts } from './shortcutStore';
import './shortcuts.css';

/** All keys on one sheet, grouped as the commands are. */
export function ShortcutSheet() {
  const isOpen = useStore(shortcutStore, (state) => state.isOpen);
  return isOpen ? <OpenSheet /> : null;
}

function OpenSheet() {
  const [filter, setFilter] = useState('');
  const [commands] = useState(() => [...commandStore.getState().commands.values()]);
  const groups = shortcutGroups(commands, filter);
  return (
    <Overlay label={t('app.shortcuts.title')} width={1240} onClose={() => showShortcuts(false)}>
      <header className="shortcuts-header">
        <h2>{t('app.shortcuts.title')}</h2>
        <TextInput
          data-first-focus
          aria-label={t('app.shortcuts.filter')}
          placeholder={t('app.shortcuts.filter')}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <p>{t('app.shortcuts.hint')}</p>
        <IconButton
          size="small"
          label={t('app.common.close')}
          keys="Escape"
          icon={<X size={16} strokeWidth={1.5} />}
          onClick={() => showShortcuts(false)}
        />
      </header>
      <div className="shortcuts-scroll">
        <div className="shortcuts-groups">
          {groups.length === 0 && <p>{t('app.shortcuts.empty')}</p>}
          {groups.map((group) => (
            <ShortcutGroupView key={group.groupKey} group={group} />
          ))}
        </div>
      </div>
    </Overlay>
  );
}

function ShortcutGroupView({ group }: { readonly group: ShortcutGroup }) {
  return (
    <section className="shortcuts-group">
      <h3>{tKey(group.groupKey)}</h3>
      <dl>
        {group.shortcuts.map(({ id, titleKey, keys }) => (
          <div key={id}>
            <dt>{tKey(titleKey)}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key} keys={key} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
