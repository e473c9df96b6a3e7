import { useStore } from 'zustand';
import { t } from '../../strings';
import { Field, NumberInput, Panel, PanelSection, Segmented, Slider } from '../../ui';
import { ImportSection, LibrarySection } from './ImportSections';
import { changeSettings, previewSettings, settingsStore, showSettings } from './settingsStore';
import './settings.css';

const OVERLAY_LEVELS = ['full', 'minimal', 'off'] as const;
const INTERPOLATIONS = ['linear', 'nearest'] as const;

/** What the person at this machine prefers. Everything applies at once; there is nothing to confirm. */
export function SettingsPanel() {
  return (
    <Panel title={t('settings.title')} closeLabel={t('app.common.close')} onClose={() => showSettings(false)}>
      <InterfaceSection />
      <ImageSection />
      <ImportSection />
      <LibrarySection />
      <MemorySection />
    </Panel>
  );
}

function InterfaceSection() {
  const { interfaceBrightness } = useStore(settingsStore, (state) => state.settings);
  return (
    <PanelSection title={t('settings.interface')}>
      <Field label={t('settings.brightness')} hint={t('settings.brightnessHint')}>
        {(id) => (
          <div className="settings-slider">
            <Slider
              id={id}
              min={40}
              max={100}
              step={5}
              value={Math.round(interfaceBrightness * 100)}
              onChange={(percent) => previewSettings({ interfaceBrightness: percent / 100 })}
              onCommit={(percent) => void changeSettings({ interfaceBrightness: percent / 100 })}
            />
            <NumberInput
              label={t('settings.brightness')}
              min={40}
              max={100}
              step={5}
              unit="%"
              value={Math.round(interfaceBrightness * 100)}
              onChange={(percent) => void changeSettings({ interfaceBrightness: percent / 100 })}
            />
          </div>
        )}
      </Field>
    </PanelSection>
  );
}

function ImageSection() {
  const { overlayLevel, interpolation, cineFramesPerSecond } = useStore(settingsStore, (state) => state.settings);
  return (
    <PanelSection title={t('settings.images')}>
      <Field label={t('settings.overlay')} hint={t('settings.overlayHint')}>
        {() => (
          <Segmented
            label={t('settings.overlay')}
            value={overlayLevel}
            options={OVERLAY_LEVELS.map((value) => ({ value, label: t(`settings.overlayLevels.${value}`) }))}
            onChange={(value) => void changeSettings({ overlayLevel: value })}
          />
        )}
      </Field>
      <Field label={t('settings.interpolation')}>
        {() => (
          <Segmented
            label={t('settings.interpolation')}
            value={interpolation}
            options={INTERPOLATIONS.map((value) => ({ value, label: t(`settings.interpolations.${value}`) }))}
            onChange={(value) => void changeSettings({ interpolation: value })}
          />
        )}
      </Field>
      <Field label={t('settings.cine')}>
        {(id) => (
          <NumberInput
            id={id}
            min={1}
            max={60}
            unit={t('settings.cineUnit')}
            value={cineFramesPerSecond}
            onChange={(value) => void changeSettings({ cineFramesPerSecond: value })}
          />
        )}
      </Field>
    </PanelSection>
  );
}

function MemorySection() {
  const { frameCacheMb } = useStore(settingsStore, (state) => state.settings);
  return (
    <PanelSection title={t('settings.memory')}>
      <Field label={t('settings.cache')} hint={t('settings.cacheHint')}>
        {(id) => (
          <NumberInput
            id={id}
            min={64}
            max={16_384}
            step={64}
            unit={t('settings.cacheUnit')}
            value={frameCacheMb}
            onChange={(value) => void changeSettings({ frameCacheMb: Math.round(value) })}
          />
        )}
      </Field>
    </PanelSection>
  );
}
