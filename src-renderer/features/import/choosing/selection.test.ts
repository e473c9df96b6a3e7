import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SurveyPatient, SurveyTree } from '../../../../src-shared/contract';
import { surveyPatient, surveySeries, surveyTree } from '../testing';
import { allSeries, carriedOver, checkOf, seriesOf, sumOf, toggled, type SurveyNode } from './selection';
import { countsOf, surveyRows } from './surveyRows';

/** Up to three patients of up to three studies of one to four series, every key its own. */
const trees = fc
  .array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((patients): SurveyTree =>
    surveyTree(
      ...patients.map((studies, p) =>
        surveyPatient(
          `p${p}`,
          Object.fromEntries(
            studies.map((count, s) => [`p${p}s${s}`, Array.from({ length: count }, (_, i) => `p${p}s${s}e${i}`)]),
          ),
        ),
      ),
    ),
  );

const nodesOf = (tree: SurveyTree): SurveyNode[] =>
  tree.patients.flatMap((patient) => [patient, ...patient.studies, ...seriesOf(patient)]);

/** A tree, some of its series excluded, and one of its nodes. */
const cases = trees.chain((tree) =>
  fc.record({
    tree: fc.constant(tree),
    excluded: fc.subarray(allSeries(tree).map(({ key }) => key)).map((keys) => new Set(keys)),
    node: fc.constantFrom(...nodesOf(tree)),
  }),
);

describe('boxes that stand for many', () => {
  it('[CHO1] a parent is all or none only when all its children are', () => {
    fc.assert(
      fc.property(cases, ({ tree, excluded }) => {
        for (const patient of tree.patients) {
          const children = patient.studies.map((study) => checkOf(study.series, excluded));
          const [first] = children;
          const expected = children.every((each) => each === first) ? first : 'some';
          expect(checkOf(seriesOf(patient), excluded)).toBe(expected);
        }
      }),
    );
  });

  it('[CHO2] a press makes a box all, or none when it was all; nothing else changes', () => {
    fc.assert(
      fc.property(cases, ({ tree, excluded, node }) => {
        const series = seriesOf(node);
        const before = checkOf(series, excluded);
        const after = toggled(series, excluded);
        expect(checkOf(series, after)).toBe(before === 'all' ? 'none' : 'all');
        const others = allSeries(tree).filter((each) => !series.includes(each));
        expect(others.map(({ key }) => after.has(key))).toEqual(others.map(({ key }) => excluded.has(key)));
      }),
    );
  });

  it('two presses on a box that was all or none change nothing', () => {
    fc.assert(
      fc.property(cases, ({ excluded, node }) => {
        const series = seriesOf(node);
        fc.pre(checkOf(series, excluded) !== 'some');
        expect([...toggled(series, toggled(series, excluded))].sort()).toEqual([...excluded].sort());
      }),
    );
  });
});

describe('a survey that goes on', () => {
  const grown = (patient: SurveyPatient): SurveyTree => surveyTree(patient);

  it.each([
    ['is wanted beside one that is', ['a'], ['a']],
    ['is not wanted where nothing was', ['a', 'b'], ['a', 'b', 'c', 'd']],
    ['is wanted where nothing was taken out', [], []],
  ])('[CHO3] what is found later %s', (_, excluded, after) => {
    const before = grown(surveyPatient('p', { s: ['a', 'b'] }));
    const later = grown(surveyPatient('p', { s: ['a', 'b', 'c'], s2: ['d'] }));
    expect([...carriedOver(before, later, new Set(excluded))].sort()).toEqual(after);
  });

  it('never makes wanted what was taken out, nor takes out what was wanted', () => {
    fc.assert(
      fc.property(cases, trees, ({ tree, excluded }, more) => {
        const later = surveyTree(...tree.patients, ...more.patients.map((each) => ({ ...each, key: `x${each.key}` })));
        const after = carriedOver(tree, later, excluded);
        const old = allSeries(tree);
        expect(old.map(({ key }) => after.has(key))).toEqual(old.map(({ key }) => excluded.has(key)));
      }),
    );
  });
});

describe('rows and sums', () => {
  it('leaves out what is below a closed row, and counts it all the same', () => {
    const tree = surveyTree(surveyPatient('p', { s: ['a', 'b'], s2: ['c'] }), surveyPatient('q', { t: ['d'] }));
    const rows = surveyRows(tree, new Set(['a']), new Set(['2:s', '1:q']));
    expect(rows.map(({ key, check, series }) => [key, check, series.length])).toEqual([
      ['1:p', 'some', 3],
      ['2:s', 'some', 2],
      ['2:s2', 'all', 1],
      ['3:c', 'all', 1],
      ['1:q', 'all', 1],
    ]);
  });

  it('sums what is wanted only', () => {
    const tree = surveyTree(surveyPatient('p', { s: ['a', 'b', 'c'] }));
    expect(sumOf(tree, new Set(['b']))).toEqual({ series: 2, allSeries: 3, instances: 20, known: 0, bytes: 2000 });
  });

  it('counts no series that is only announced', () => {
    const [patient] = surveyTree(surveyPatient('p', { s: ['a'] })).patients;
    const announced = surveySeries('b', { found: 0, announced: 58, bytes: 0 });
    const studies = patient?.studies.map((study) => ({ ...study, series: [...study.series, announced] })) ?? [];
    const tree = surveyTree(...(patient ? [{ ...patient, studies }] : []));
    expect(sumOf(tree, new Set())).toEqual({ series: 1, allSeries: 1, instances: 10, known: 0, bytes: 1000 });
  });

  it('expects nothing where no directory lists anything, and what was found where it lists a part', () => {
    const unlisted = surveySeries('a');
    const listed = surveySeries('b', { found: 409, announced: 412 });
    expect([countsOf([unlisted]).expected, countsOf([unlisted, listed])]).toEqual([
      null,
      { found: 10 + 409, expected: 10 + 412, known: 0, bytes: 2000 },
    ]);
  });
});
