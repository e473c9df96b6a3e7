import { describe, expect, it } from 'vitest';
import { patientKeyOf } from './patientKey';
import type { PatientRecord } from './records';

interface Person extends Partial<Omit<PatientRecord, 'name'>> {
  readonly name?: string;
}

const key = ({ name = 'Doe^Jane', ...changed }: Person, study?: string): string =>
  patientKeyOf(
    {
      patientId: '1',
      issuerOfPatientId: '',
      birthDate: '19700101',
      sex: 'F',
      age: '',
      ...changed,
      name: { alphabetic: name, ideographic: '', phonetic: '' },
    },
    study,
  );

describe('patientKeyOf', () => {
  it.each<[string, Person]>([
    ['name', { name: 'Doe^John' }],
    ['birth date', { birthDate: '19700102' }],
    ['ID', { patientId: '2' }],
    ['issuer', { issuerOfPatientId: 'Other hospital' }],
  ])('[PAT1] keeps two people apart who differ only in %s', (_, other) => {
    expect(key(other)).not.toBe(key({}));
  });

  it.each<[string, Person]>([
    ['case', { name: 'DOE^JANE' }],
    ['empty trailing components', { name: 'Doe^Jane^^^' }],
    ['spaces', { name: ' Doe ^Jane', patientId: '1 ' }],
    ['sex and age, which differ between studies', { sex: '', age: '053Y' }],
  ])('[PAT1] is one for one person whatever the %s', (_, same) => {
    expect(key(same)).toBe(key({}));
  });

  it('[PAT1] does not confuse where one field ends and the next begins', () => {
    expect(key({ patientId: '1', issuerOfPatientId: '12' })).not.toBe(key({ patientId: '11', issuerOfPatientId: '2' }));
  });

  it.each<[string, Person]>([
    ['nothing', { patientId: '', name: '', birthDate: '' }],
    ['only a name', { patientId: '', name: 'Anonymous', birthDate: '' }],
    ['only a birth date', { patientId: '', name: '', birthDate: '19700101' }],
  ])('[PAT2] keeps studies apart when %s is known', (_, unknown) => {
    expect(key(unknown, '2.25.1')).not.toBe(key(unknown, '2.25.2'));
  });

  it('[PAT2] joins studies by name and birth date where there is no ID', () => {
    expect(key({ patientId: '' }, '2.25.1')).toBe(key({ patientId: '' }, '2.25.2'));
  });
});
