import { describe, expect, it } from 'vitest';
import type { ImportLine } from '../../../../src-shared/contract';
import { manyMediaSentence, mediaSentence } from '../mediaText';
import { noticeOf } from '../tellOutcome';
import { report, settled } from '../testing';
import { startedImport } from '../runningImport';
import { endText } from './endText';
import { createLinePages, lineAt, PAGE_LINES } from './linePages';
import { lineCount, OUTCOMES, countOf, outcomesOf, problemCount } from './outcomes';
import { reportText, splitPath, totalsSentence } from './reportText';

const job = { id: 1, what: ['/media/cd'], options: {} };

const medium = {
  path: 'DICOMDIR',
  announced: 412,
  found: 409,
  unreadable: 3,
  missing: 0,
  unlisted: 2,
  issues: [],
};

const damaged = report(4, {
  seen: 420,
  added: 405,
  partial: 2,
  known: 4,
  rejected: 3,
  notDicom: 5,
  directories: 1,
  announcedMissing: 1,
  unreachable: 2,
  media: [medium],
});

describe('a report in words', () => {
  it('[REP1] says each file once, and what is no file besides', () => {
    expect(totalsSentence(damaged)).toBe(
      '420 files were met: 405 added, 2 added in part, 4 in the library already, 3 could not be read, 5 not DICOM, ' +
        '1 DICOMDIR. Besides, 2 folders, links or archives could not be entered and 1 announced file is not there.',
    );
  });

  it('says one file as one, and many directories in one sentence', () => {
    const one = { ...medium, announced: 1, found: 1, unreadable: 0, unlisted: 0 };
    expect([mediaSentence(one, true), manyMediaSentence([one, one]), manyMediaSentence([one, medium])]).toEqual([
      'The directory announces 1 file: all found.',
      '2 directories, each as announced.',
      '2 directories, 1 of them announce files that were not found or not readable.',
    ]);
  });

  it('[REP1] counts add up: the outcomes that are files are what was seen', () => {
    const files = OUTCOMES.filter((outcome) => outcome !== 'unreachable' && outcome !== 'announced-missing');
    const sum = files.reduce((total, outcome) => total + countOf(damaged, outcome), 0);
    expect([sum, lineCount(damaged), problemCount(damaged), outcomesOf(damaged).slice(0, 4)]).toEqual([
      420,
      423,
      8,
      ['rejected', 'partial', 'unreachable', 'announced-missing'],
    ]);
  });

  it.each([
    [medium, true, 'The directory announces 412 files: 409 found, 3 unreadable, 2 it does not list.'],
    [
      { ...medium, unreadable: 0, missing: 3 },
      true,
      'The directory announces 412 files: 409 found, 3 missing, 2 it does not list.',
    ],
    [{ ...medium, found: 412, unreadable: 0, unlisted: 0 }, true, 'The directory announces 412 files: all found.'],
    [
      { ...medium, found: 412, unreadable: 0, unlisted: 1 },
      true,
      'The directory announces 412 files: all found, 1 it does not list.',
    ],
    [medium, false, 'The directory announces 412 files: 409 found so far.'],
  ])('[REP3] says what the directory announces', (media, isOver, sentence) => {
    expect(mediaSentence(media, isOver)).toBe(sentence);
  });

  it.each([
    ['that ended', report(3), null, ''],
    ['that was cancelled', report(3, { wasCancelled: true }), null, 'Stopped before the end'],
    ['that was cut off', report(3, { wasCancelled: true, wasInterrupted: true }), null, 'Interrupted'],
    ['that still runs', report(3, { wasCancelled: true, wasInterrupted: true }), startedImport(job), 'Still running'],
    ['cut off before the one that runs', report(2, { wasInterrupted: true }), startedImport(job), 'Interrupted'],
  ])('says how an import ended: one %s', (_, of, running, words) => {
    expect(endText(of, { running, reports: [report(3), report(2)] })).toMatch(new RegExp(`^${words}`));
    expect(endText(of, { running, reports: [report(3), report(2)] }) === '').toBe(words === '');
  });

  it('copies the sentence and the media', () => {
    expect(reportText(damaged)).toContain('DICOMDIR: The directory announces 412 files: 409 found');
  });
});

describe('[REP2] the notice after an import', () => {
  it.each([
    ['problems', damaged, 'caution', /407 files were added.*3 of 420 files could not be read/],
    ['nothing but problems', report(1, { seen: 2, rejected: 2 }), 'caution', /Nothing was added.*2 of 2/],
    ['nothing new', report(1, { seen: 2, known: 2 }), 'info', /already in the library/],
    ['nothing chosen', report(1, { seen: 2, notChosen: 2 }), 'info', /Nothing was chosen/],
    ['no DICOM', report(1, { seen: 2, notDicom: 2 }), 'caution', /No DICOM was found/],
    ['nothing at all', report(1), 'caution', /no files/],
    ['a remark', report(1, { seen: 1, added: 1, warnings: 1 }), 'caution', /with a remark/],
    ['copies', report(1, { seen: 1, added: 1 }), 'info', /1 file was added/],
    ['cancelled', report(1, { seen: 1, added: 1, wasCancelled: true }), 'info', /was stopped/],
  ])('%s', (_, of, tone, words) => {
    const notice = noticeOf(of);
    expect([notice?.tone, notice?.message]).toEqual([tone, expect.stringMatching(words)]);
  });

  it('is none when files that stay where they are were all listed: the library shows them', () => {
    expect(noticeOf(report(1, { seen: 3, added: 3, placement: 'reference' }))).toBeNull();
  });
});

describe('lines by page', () => {
  const line = (index: number): ImportLine => ({
    path: `IM${String(index)}`,
    outcome: 'added',
    code: null,
    reason: '',
    detail: '',
  });

  it('asks for each page once and finds lines in it', async () => {
    const asked: number[] = [];
    const pages = createLinePages((offset, limit) => {
      asked.push(offset);
      const lines = Array.from({ length: Math.min(limit, 450 - offset) }, (_, index) => line(offset + index));
      return Promise.resolve({ total: 450, lines });
    });
    pages.want(0, 30);
    pages.want(10, PAGE_LINES + 5);
    await settled();
    pages.want(390, 449);
    await settled();
    const state = pages.store.getState();
    expect([asked, state.total, lineAt(state, 0)?.path, lineAt(state, 449)?.path]).toEqual([
      [0, PAGE_LINES, 2 * PAGE_LINES],
      450,
      'IM0',
      'IM449',
    ]);
  });

  it('asks again for a page that could not be read', async () => {
    let tries = 0;
    const pages = createLinePages(() => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('gone')) : Promise.resolve({ total: 1, lines: [line(0)] });
    });
    pages.want(0, 0);
    await settled();
    const failed = pages.store.getState().failure;
    pages.want(0, 0);
    await settled();
    expect([failed, pages.store.getState().failure, lineAt(pages.store.getState(), 0)?.path]).toEqual([
      'gone',
      '',
      'IM0',
    ]);
  });
});

describe('splitPath', () => {
  it.each([
    ['/media/cd/a/IM1', ['/media/cd'], 'a/', 'IM1'],
    ['/media/cd/IM1', ['/media/cd'], '', 'IM1'],
    ['/media/cd2/IM1', ['/media/cd'], '/media/cd2/', 'IM1'],
    ['C:\\cd\\a\\IM1', ['C:\\cd'], 'a\\', 'IM1'],
    ['/media/IM1', ['/media/IM1'], '/media/', 'IM1'],
    ['DICOM/study.zip/IM1', ['/media/cd'], 'DICOM/study.zip/', 'IM1'],
  ])('%s below %j', (path, roots, folder, file) => {
    expect(splitPath(path, roots)).toEqual({ folder, file });
  });
});
