/** Whose images these are, always in sight; and, in amber, that two patients share the screen. */
import { TriangleAlert, X } from 'lucide-react';
import { useStore } from 'zustand';
import { formatDate } from '../../../../src-shared/dicom/dates';
import { openStudiesStore, type OpenStudy } from '../../../viewing/openStudies';
import { activeViewport, screenStore } from '../../../viewing/screen';
import { IconButton } from '../../../ui';
import { t } from '../../../strings';
import { closePatientOnScreen } from '../session/loading';
import { readableAgeOrBirth, readableName } from './names';
import './bar.css';

export function PatientBar() {
  const studies = useStore(openStudiesStore, (state) => state.studies);
  const content = useStore(screenStore, (state) => activeViewport(state).content);
  const [first] = studies;
  const patient = content?.patient ?? first?.row.patient;
  const study = content?.study ?? first?.row.study;
  if (!patient || !study) return <div className="patient-bar" data-testid="patient-bar" />;
  const missing = studies.reduce((sum, { row }) => sum + row.missingCount, 0);
  return (
    <div className="patient-bar" data-testid="patient-bar">
      <strong className="ui-selectable" data-testid="patient-name">
        {readableName(patient)}
      </strong>
      <Fact text={patient.sex} />
      <Fact text={readableAgeOrBirth(patient)} />
      <Fact label={t('reading.patient.id')} text={patient.patientId} />
      <span className="patient-bar-divider" />
      <Fact text={study.description} />
      <Fact text={formatDate(study.date)} />
      <Fact label={t('reading.patient.accession')} text={study.accessionNumber} />
      <span className="patient-bar-room" />
      {missing > 0 && <span className="patient-bar-caution">{t('reading.patient.missing', { count: missing })}</span>}
      <SeveralPatients studies={studies} />
    </div>
  );
}

function Fact({ label, text }: { readonly label?: string; readonly text: string }) {
  if (text === '') return null;
  return (
    <span className="patient-bar-fact ui-selectable">
      {label !== undefined && <small>{label}</small>}
      {text}
    </span>
  );
}

/** Permanent while it is so: it cannot be dismissed, only ended by closing one of the patients. */
function SeveralPatients({ studies }: { readonly studies: readonly OpenStudy[] }) {
  const keys = useStore(screenStore, ({ patientKeys }) => patientKeys);
  if (keys.length < 2) return null;
  return (
    <span className="patient-bar-banner" role="alert" data-testid="several-patients">
      <TriangleAlert size={14} strokeWidth={1.5} />
      {t('reading.patient.several', { count: keys.length })}
      {keys.map((key) => {
        const patient = studies.find(({ row }) => row.patientKey === key)?.row.patient;
        if (!patient) return null;
        const name = readableName(patient);
        return (
          <span key={key} className="patient-bar-one">
            {name}
            <IconButton
              size="small"
              label={t('reading.patient.close', { name })}
              icon={<X size={12} strokeWidth={1.5} />}
              onClick={() => closePatientOnScreen(key)}
            />
          </span>
        );
      })}
    </span>
  );
}
