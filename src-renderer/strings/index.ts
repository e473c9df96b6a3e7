/**
 * Every visible word comes from here. `t` is plain and synchronous, so that stores, notices and components use the same
 * one; a change of language remounts the application.
 */
import { createInstance, type TOptions } from 'i18next';
import { en } from './en';

/** Paths to the leaves of a catalogue; the plural endings `_one` and `_other` belong to one key. */
type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];
type Singular<K extends string> = K extends `${infer Base}_one` | `${infer Base}_other` ? Base : K;

export type StringKey = Leaves<typeof en>;

/** What is put into `{{name}}`; `count` chooses the plural form. */
export type StringValues = Readonly<Record<string, string | number>>;

const catalogue = createInstance({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  interpolation: { escapeValue: false },
  resources: { en: { translation: en } },
});
void catalogue.init();

export function t(key: StringKey, values?: StringValues): string {
  return tKey(key, values);
}

/** For keys that travel as data, such as a command's `titleKey`; an unknown key is shown as it is. */
export function tKey(key: string, values?: StringValues): string {
  const options: TOptions = { ...values };
  return catalogue.t(key, options);
}

export * from './format';
