/** The window presets of the active viewport's modality. */
import { ChevronDown } from 'lucide-react';
import { useStore } from 'zustand';
import { activeViewport, screenStore } from '../../../viewing/screen';
import { Button, Popover } from '../../../ui';
import { t } from '../../../strings';
import { PresetButtons } from './PresetButtons';

export function PresetMenu() {
  const id = useStore(screenStore, (state) => activeViewport(state).id);
  const isEmpty = useStore(screenStore, (state) => activeViewport(state).content === null);
  return (
    <Popover
      label={t('reading.window.presets')}
      trigger={
        <Button tone="quiet" size="small" disabled={isEmpty} data-testid="preset-menu">
          {t('reading.window.presets')}
          <ChevronDown size={13} strokeWidth={1.5} />
        </Button>
      }
    >
      <PresetButtons viewportId={id} />
    </Popover>
  );
}
