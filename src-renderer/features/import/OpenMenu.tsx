import { ChevronDown } from 'lucide-react';
import { useStore } from 'zustand';
import type { ImportReport } from '../../../src-shared/contract';
import { t } from '../../strings';
import { IconButton, MenuButton } from '../../ui';
import { runCommand } from '../../viewing/commands';
import { libraryModeStore } from '../../viewing/libraryMode';
import { importMedium, mediumName } from './media/followMedia';
import { mediaStore } from './media/mediaStore';

/** Every way in, beside the button for the usual one; media that are there now among them. */
export function OpenMenu({ onImported }: { readonly onImported: (report: ImportReport | null) => void }) {
  const media = useStore(mediaStore, (state) => state.media);
  const isReadOnly = useStore(libraryModeStore, ({ mode }) => mode.mode === 'read-only');
  const item = (id: string, label: string, more: { keys?: string; isDisabled?: boolean } = {}) => ({
    id,
    label,
    onSelect: () => void runCommand(id),
    ...more,
  });
  const items = [
    [
      item('import.folder', t('import.commands.folder'), { keys: '$mod+o', isDisabled: isReadOnly }),
      item('import.files', t('import.commands.files'), { keys: '$mod+Shift+o', isDisabled: isReadOnly }),
    ],
    media.map((medium) => ({
      id: medium.path,
      label: t('import.commands.medium', { label: mediumName(medium) }),
      isDisabled: isReadOnly,
      onSelect: () => importMedium(medium, onImported),
    })),
    [item('import.demo', t('import.commands.demo'), { isDisabled: isReadOnly })],
    [item('import.report', t('import.menu.report'), { keys: '$mod+Shift+e' })],
  ];
  return (
    <MenuButton items={items}>
      <IconButton size="small" label={t('import.menu.label')} icon={<ChevronDown size={14} strokeWidth={1.5} />} />
    </MenuButton>
  );
}
