import { useState } from 'react';
import { useStore } from 'zustand';
import type { StudyRow } from '../../../../src-shared/contract';
import { t } from '../../../strings';
import { Field, Select } from '../../../ui';
import { CHARACTER_SETS } from '../../../viewing/characterSets';
import { isLibraryWritable } from '../../../viewing/libraryMode';
import { rereadText } from '../actions/editing';
import { trying } from '../actions/trying';
import { facetStore } from '../answer/facetStore';
import { Facts } from './Facts';

const OWN = '';

/** Whence the study came, and in which script its texts are read. */
export function SourceDetails({ row }: { readonly row: StudyRow }) {
  const source = useStore(facetStore, ({ facets }) => facets.sources.find(({ sourceId }) => sourceId === row.sourceId));
  const [said, setSaid] = useState('');
  const read = (characterSet: string) => {
    setSaid(t('library.details.text.reading'));
    void trying('library.act.editFailed', async () => {
      setSaid(await rereadText(row.sourceId, characterSet === OWN ? null : characterSet));
    }).then((hasWorked) => !hasWorked && setSaid(''));
  };
  return (
    <>
      <Facts
        facts={[
          ['from', source?.label ?? row.source],
          ['kind', source ? t(`library.details.kinds.${source.kind}`) : ''],
        ]}
      />
      {source && isLibraryWritable() && (
        <div className="library-encoding">
          <Field label={t('library.details.text.title')} hint={said === '' ? t('library.details.text.hint') : said}>
            {(id) => (
              <Select
                id={id}
                value={source.characterSet ?? OWN}
                options={[{ value: OWN, label: t('library.details.text.own') }, ...choices(source.characterSet)]}
                onChange={read}
              />
            )}
          </Field>
        </div>
      )}
    </>
  );
}

interface NamedSet {
  readonly value: string;
  readonly label: string;
}

/** Sets by name; one that was chosen elsewhere stands under its own. */
function choices(now: string | null): readonly NamedSet[] {
  const named = CHARACTER_SETS.map((value): NamedSet => ({ value, label: t(`library.characterSets.${value}`) }));
  const isKnown = now === null || named.some(({ value }) => value === now);
  return isKnown ? named : [...named, { value: now, label: now }];
}
