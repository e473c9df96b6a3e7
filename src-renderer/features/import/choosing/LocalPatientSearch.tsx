import { Search } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent } from 'react';
import type { StudyRow } from '../../../../src-shared/contract';
import { formatDate } from '../../../../src-shared/dicom/dates';
import { formatPersonName } from '../../../../src-shared/dicom/personName';
import type { PatientRecord } from '../../../../src-shared/dicom/records';
import { services } from '../../../host';
import { t } from '../../../strings';
import { TextInput } from '../../../ui';
import { reasonOf } from '../tellOutcome';

/** Enough to recognise the right one; more words find fewer. */
const LISTED_STUDIES = 40;
const LISTED_PATIENTS = 6;
/** A pause in the typing. */
const PAUSE_MS = 150;

interface Answer {
  readonly patients: readonly StudyRow[];
  readonly problem: string;
}

/** Finds a patient of the library by any words and hands over who it is. */
export function LocalPatientSearch({ onPick }: { readonly onPick: (patient: PatientRecord) => void }) {
  const [text, setText] = useState('');
  const answer = useAnswer(text.trim());
  const pick = (row: StudyRow | undefined) => {
    if (!row) return;
    onPick(row.patient);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') pick(answer?.patients[0]);
    else if (event.key === 'Escape' && text !== '') setText('');
    else return;
    event.preventDefault();
  };
  return (
    <div className="import-search">
      <Search size={14} strokeWidth={1.5} />
      <TextInput
        aria-label={t('import.mapping.search')}
        placeholder={t('import.mapping.search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {answer && (
        <ul>
          {answer.patients.map((row) => (
            <li key={row.patientKey}>
              <button type="button" onClick={() => pick(row)}>
                {patientWords(row.patient)}
              </button>
            </li>
          ))}
          {answer.problem !== '' && <li className="is-faint">{answer.problem}</li>}
        </ul>
      )}
    </div>
  );
}

/** `null` while nothing is asked. */
function useAnswer(text: string): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    if (text === '') {
      setAnswer(null);
      return undefined;
    }
    const left = new AbortController();
    const timer = setTimeout(() => {
      findPatients(text, left.signal).then(
        (found) => left.signal.aborted || setAnswer(found),
        (error: unknown) => {
          if (!left.signal.aborted)
            setAnswer({ patients: [], problem: t('import.mapping.searchFailed', { reason: reasonOf(error) }) });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [text]);
  return answer;
}

/** One row of each patient, in the order of names. */
async function findPatients(text: string, signal: AbortSignal): Promise<Answer> {
  const sort = { column: 'patient', direction: 'ascending' } as const;
  const query = { filter: { text }, sort, offset: 0, limit: LISTED_STUDIES };
  const { rows } = await services().library.query(query, { signal });
  const byPatient = new Map(rows.map((row) => [row.patientKey, row]));
  const patients = [...byPatient.values()].slice(0, LISTED_PATIENTS);
  return { patients, problem: patients.length === 0 ? t('import.mapping.noMatch') : '' };
}

function patientWords({ name, patientId, birthDate }: PatientRecord): string {
  return t('import.mapping.pick', {
    name: formatPersonName(name).primary || t('import.choice.noName'),
    id: patientId || t('import.choice.noId'),
    birthDate: formatDate(birthDate) || t('import.choice.noDate'),
  });
}
