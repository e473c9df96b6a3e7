import { useStore } from 'zustand';
import { t } from '../../strings';
import { CheckBox, Field, NumberInput, PanelSection, Segmented } from '../../ui';
import { changeSettings, settingsStore } from './settingsStore';

const PLACEMENTS = ['copy', 'reference'] as const;
const PLACED = ['mediaPlacement', 'folderPlacement'] as const;

/** What happens to files when nobody says otherwise, and what is asked or offered. */
export function ImportSection() {
  const settings = useStore(settingsStore, (state) => state.settings);
  const options = PLACEMENTS.map((value) => ({ value, label: t(`settings.placements.${value}`) }));
  return (
    <PanelSection title={t('settings.importing')}>
      {PLACED.map((key) => (
        <Field
          key={key}
          label={t(`settings.${key}`)}
          {...(key === 'mediaPlacement' && { hint: t('settings.mediaPlacementHint') })}
        >
          {() => (
            <Segmented
              label={t(`settings.${key}`)}
              value={settings[key]}
              options={options}
              onChange={(value) => void changeSettings({ [key]: value })}
            />
          )}
        </Field>
      ))}
      <div className="settings-boxes">
        <CheckBox
          isChecked={settings.asksBeforeCopying}
          onChange={(asksBeforeCopying) => void changeSettings({ asksBeforeCopying })}
        >
          {t('settings.asks')}
        </CheckBox>
        <CheckBox isChecked={settings.offersMedia} onChange={(offersMedia) => void changeSettings({ offersMedia })}>
          {t('settings.offers')}
        </CheckBox>
      </div>
    </PanelSection>
  );
}

/** How much the library keeps, and for how long what was deleted. */
export function LibrarySection() {
  const { libraryQuotaGb, trashDays } = useStore(settingsStore, (state) => state.settings);
  return (
    <PanelSection title={t('settings.library')}>
      <Field label={t('settings.quota')} hint={t('settings.quotaHint')}>
        {(id) => (
          <NumberInput
            id={id}
            min={0}
            max={1_000_000}
            unit={t('settings.quotaUnit')}
            value={libraryQuotaGb}
            onChange={(value) => void changeSettings({ libraryQuotaGb: value })}
          />
        )}
      </Field>
      <Field label={t('settings.trashDays')} hint={t('settings.trashDaysHint')}>
        {(id) => (
          <NumberInput
            id={id}
            min={0}
            max={3650}
            unit={t('settings.trashDaysUnit')}
            value={trashDays}
            onChange={(value) => void changeSettings({ trashDays: Math.round(value) })}
          />
        )}
      </Field>
    </PanelSection>
  );
}
