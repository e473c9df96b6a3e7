import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discSource, patientRecord, surveyPatient, surveyTree } from '../testing';
import { choiceOf, isChoiceValid, NO_CHOICE, placementOf, type ChoiceDraft } from './choice';
import {
  draftFrom,
  isMappingValid,
  nameText,
  NO_MAPPING,
  problemOf,
  reconciliationOf,
  type MappingDraft,
} from './mapping';

const patient = surveyPatient('p', { s: ['a'], t: ['b'] });
const tree = surveyTree(patient);

describe('[CHO5] values of a local patient', () => {
  it.each<[Parameters<typeof problemOf>[0], string, ReturnType<typeof problemOf>]>([
    ['patientId', '4711', null],
    ['patientId', '', null],
    ['patientId', 'x'.repeat(64), null],
    ['patientId', 'x'.repeat(65), 'tooLong'],
    ['patientId', 'a\\b', 'character'],
    ['patientId', 'a\tb', 'character'],
    ['accessionNumber', 'x'.repeat(16), null],
    ['accessionNumber', 'x'.repeat(17), 'tooLong'],
    ['patientName', 'Yamada^Tarou=山田^太郎=やまだ^たろう', null],
    ['patientName', 'a=b=c=d', 'groups'],
    ['patientName', `${'山'.repeat(64)}=${'x'.repeat(64)}`, null],
    ['patientName', `a=${'𠮷'.repeat(65)}`, 'tooLong'],
    // A character beyond the first plane is one character, though two units of the text.
    ['patientName', `a=${'𠮷'.repeat(64)}`, null],
  ])('%s %s', (field, value, problem) => {
    expect(problemOf(field, value)).toBe(problem);
  });

  it('tells the import only what differs from the files', () => {
    const draft: MappingDraft = {
      patientName: nameText(patientRecord.name),
      patientId: ' 4711 ',
      accessionNumbers: { s: 'A-1', t: 'LOCAL-7' },
    };
    expect(reconciliationOf(patient, draft)).toEqual({
      patientKey: 'p',
      patientId: '4711',
      accessionNumbers: { t: 'LOCAL-7' },
    });
  });

  it('an emptied value is a value: it replaces the one of the files', () => {
    expect(reconciliationOf(patient, { ...NO_MAPPING, patientId: '' })).toEqual({ patientKey: 'p', patientId: '' });
  });

  it('what was not touched, or typed as it was, changes nothing', () => {
    const typed = draftFrom(patientRecord, { accessionNumbers: { s: 'A-1' } });
    expect([reconciliationOf(patient, NO_MAPPING), reconciliationOf(patient, typed)]).toEqual([null, null]);
  });

  it('takes the identity of a patient of the library and keeps the accession numbers that were typed', () => {
    const local = { ...patientRecord, patientId: 'LOC-1', issuerOfPatientId: 'CLINIC' };
    expect(draftFrom(local, { patientId: 'x', accessionNumbers: { s: 'A-2' } })).toEqual({
      patientName: 'Yamada^Tarou=山田^太郎',
      patientId: 'LOC-1',
      issuerOfPatientId: 'CLINIC',
      accessionNumbers: { s: 'A-2' },
    });
  });

  it('a form is valid exactly when each of its values is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.string({ maxLength: 20 }), (patientId, accession) => {
        const draft = { patientId, accessionNumbers: { s: accession } };
        const expected = problemOf('patientId', patientId) === null && problemOf('accessionNumber', accession) === null;
        expect(isMappingValid(draft)).toBe(expected);
      }),
    );
  });
});

describe('[CHO4] where the files will live', () => {
  const folder = { ...discSource, isRemovable: false, defaultPlacement: 'reference' } as const;
  const archive = { ...discSource, kind: 'zip', canReference: false } as const;
  const wished: ChoiceDraft = { ...NO_CHOICE, placement: 'reference' };

  it.each([
    ['a disc by default', [discSource], NO_CHOICE, false, ['copy', null]],
    ['a disc that is wished to stay', [discSource], wished, false, ['reference', null]],
    ['a folder by default', [folder], NO_CHOICE, false, ['reference', null]],
    ['a folder beside a disc', [folder, discSource], NO_CHOICE, false, ['copy', null]],
    ['an archive, whatever is wished', [archive], wished, false, ['copy', 'archive']],
    ['changed values, whatever is wished', [folder], wished, true, ['copy', 'mapped']],
  ] as const)('%s', (_, sources, draft, hasMapping, expected) => {
    const { placement, noReference } = placementOf(sources, draft, hasMapping);
    expect([placement, noReference]).toEqual(expected);
  });

  it('says to the import what was taken out, where to, and whom to match', () => {
    const draft: ChoiceDraft = {
      excluded: new Set(['b']),
      placement: 'reference',
      mappings: new Map([['p', { ...NO_MAPPING, patientId: '4711' }]]),
    };
    expect([isChoiceValid(draft), choiceOf([discSource], tree, draft)]).toEqual([
      true,
      {
        excludedSeries: ['b'],
        placement: 'copy',
        reconciliations: [{ patientKey: 'p', patientId: '4711' }],
      },
    ]);
  });

  it('cannot be confirmed with a value that cannot be kept', () => {
    const mappings = new Map([['p', { ...NO_MAPPING, patientId: 'a\\b' }]]);
    expect(isChoiceValid({ ...NO_CHOICE, mappings })).toBe(false);
  });
});
