/** Play, and how fast; the rate can be typed. */
import { Pause, Play } from 'lucide-react';
import { useStore } from 'zustand';
import { cineStore, MAX_RATE, MIN_RATE, play } from '../../../viewing/cine';
import { activeViewport, screenStore } from '../../../viewing/screen';
import { NumberInput } from '../../../ui';
import { t } from '../../../strings';
import { rateFor } from '../commands/cineCommands';
import { CommandButton } from './CommandButton';

export function CineControls() {
  const id = useStore(screenStore, (state) => activeViewport(state).id);
  useStore(screenStore, (state) => activeViewport(state).content);
  const rate = useStore(cineStore, ({ playing }) => playing.get(id));
  const icon = rate === undefined ? <Play size={17} strokeWidth={1.5} /> : <Pause size={17} strokeWidth={1.5} />;
  return (
    <>
      <CommandButton id="cine.toggle" isToggle icon={icon} />
      {rate !== undefined && (
        <span className="cine-rate">
          <NumberInput
            label={t('reading.cine.rate')}
            value={Math.round(rateFor(id) * 10) / 10}
            min={MIN_RATE}
            max={MAX_RATE}
            unit={t('reading.cine.perSecond')}
            onChange={(typed) => play(id, typed)}
          />
        </span>
      )}
    </>
  );
}
