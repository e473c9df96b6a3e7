/** The character sets a person can read a source's text with, by their values of (0008,0005). Source: PS3.3 C.12.1.1.2. */
import { t } from '../../../strings';

const SETS = [
  ['ISO_IR 192', 'utf8'],
  ['ISO_IR 100', 'western'],
  ['ISO_IR 101', 'central'],
  ['ISO_IR 109', 'southern'],
  ['ISO_IR 110', 'northern'],
  ['ISO_IR 203', 'latin9'],
  ['ISO_IR 144', 'cyrillic'],
  ['ISO_IR 126', 'greek'],
  ['ISO_IR 148', 'turkish'],
  ['ISO_IR 127', 'arabic'],
  ['ISO_IR 138', 'hebrew'],
  ['ISO_IR 166', 'thai'],
  ['ISO_IR 13', 'katakana'],
  ['ISO 2022 IR 6\\ISO 2022 IR 87', 'japanese'],
  ['ISO 2022 IR 6\\ISO 2022 IR 149', 'korean'],
  ['ISO 2022 IR 6\\ISO 2022 IR 58', 'chinese'],
  ['GB18030', 'gb18030'],
  ['GBK', 'gbk'],
] as const;

/** For a list; `''` stands for the files' own. */
export function characterSetOptions(): readonly { readonly value: string; readonly label: string }[] {
  return [
    { value: '', label: t('import.choice.text.own') },
    ...SETS.map(([value, name]) => ({ value, label: t(`import.sets.${name}`) })),
  ];
}
