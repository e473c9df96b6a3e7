import { t } from '../../../strings';

type FactId =
  | 'names'
  | 'id'
  | 'issuer'
  | 'born'
  | 'sex'
  | 'date'
  | 'description'
  | 'accession'
  | 'studyId'
  | 'referring'
  | 'institution'
  | 'bodyParts'
  | 'uid'
  | 'from'
  | 'kind'
  | 'added'
  | 'opened'
  | 'size'
  | 'files';

/** Names and values in two columns; what is not known is left out. */
export function Facts({ facts }: { readonly facts: readonly (readonly [FactId, string])[] }) {
  return (
    <dl className="library-facts">
      {facts
        .filter(([, value]) => value !== '')
        .map(([id, value]) => (
          <div key={id}>
            <dt>{t(`library.details.fields.${id}`)}</dt>
            <dd className="ui-selectable">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
