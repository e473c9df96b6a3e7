import { beforeEach, describe, expect, it } from 'vitest';
import type { ImportChoice } from '../../../src-shared/contract';
import { createImportQueue, type ImportOutcome, type ImportQueue } from './importQueue';
import { importStore, isAskingChoice, putReports, reportShown, showReport } from './importStore';
import { cleanPath } from './PathPanel';
import { doneShare, phaseText } from './progressText';
import {
  discSource,
  progress,
  report,
  scriptedImport,
  settled,
  surveyPatient,
  surveyTree,
  type ScriptedImport,
} from './testing';

const everything: ImportChoice = { excludedSeries: [], placement: 'copy', reconciliations: [] };
const tree = surveyTree(surveyPatient('p', { s: ['a', 'b'] }));

let service: ScriptedImport;
let ends: ImportOutcome['kind'][];
let queue: ImportQueue;

const running = () => importStore.getState().running;
const isAsking = () => isAskingChoice(importStore.getState());
const start = async (jobId: number) => service.give({ kind: 'started', jobId, sources: [discSource] });
const finish = async (importId: number) => {
  await service.give({ kind: 'report', report: report(importId) });
  await service.end();
};

beforeEach(() => {
  importStore.setState({ running: null, waiting: [], reports: [], shownReport: null });
  service = scriptedImport();
  ends = [];
  queue = createImportQueue(service, ({ kind }) => ends.push(kind));
});

describe('import queue', () => {
  it('runs one import at a time and keeps the reports, newest first', async () => {
    const both = Promise.all([queue.add(['/a']), queue.add(['/b'])]);
    await settled();
    const first = [running()?.job.what, importStore.getState().waiting.map(({ what }) => what)];
    await finish(1);
    const second = [running()?.job.what, importStore.getState().waiting.length];
    await finish(2);
    await both;
    expect([first, second, running(), importStore.getState().reports.map(({ importId }) => importId)]).toEqual([
      [['/a'], [['/b']]],
      [['/b'], 0],
      null,
      [2, 1],
    ]);
  });

  it('ends an import that is cancelled, and goes on with the next', async () => {
    const both = Promise.all([queue.add(['/a']), queue.add('demo')]);
    await start(7);
    queue.cancel();
    expect(running()?.isCancelling).toBe(true);
    await settled();
    await finish(9);
    await both;
    expect(ends).toEqual(['cancelled', 'report']);
  });

  it('says what failed and does not stop the queue', async () => {
    const failing = createImportQueue(
      { ...service, open: () => Promise.reject(new Error('The disk is gone.')) },
      ({ kind }) => ends.push(kind),
    );
    const both = Promise.all([failing.add(['/a']), failing.add('demo')]);
    await finish(1);
    await both;
    expect(ends).toEqual(['failed', 'report']);
  });
});

describe('choosing', () => {
  it('[CHO6] asks once a survey says what there is, also before it is over, and no longer once the choice was heard', async () => {
    const done = queue.add(['/cd']);
    await start(7);
    const before = isAsking();
    await service.give({ kind: 'tree', tree, isComplete: false });
    const early = isAsking();
    await queue.choose(everything);
    await service.give({ kind: 'tree', tree, isComplete: true });
    const after = isAsking();
    await finish(1);
    await done;
    expect([before, early, after]).toEqual([false, true, false]);
    expect(service.said.slice(1)).toEqual([{ call: 'choose', jobId: 7, choice: everything }]);
  });

  it('[CHO6] goes on asking when the choice was not heard', async () => {
    const deaf = createImportQueue({ ...service, choose: () => Promise.reject(new Error('gone')) }, () => undefined);
    const done = deaf.add(['/cd']);
    await start(7);
    await service.give({ kind: 'tree', tree, isComplete: true });
    await expect(deaf.choose(everything)).rejects.toThrow('gone');
    expect(isAsking()).toBe(true);
    await finish(1);
    await done;
  });

  it('surveys again with other letters, forgetting what was chosen, and ends once', async () => {
    const done = queue.add(['/cd']);
    await start(7);
    await service.give({ kind: 'tree', tree, isComplete: true });
    queue.restart({ characterSet: 'GB18030', asks: true });
    await settled();
    await start(8);
    expect(running()).toMatchObject({ jobId: 8, tree: null, isCancelling: false });
    await finish(2);
    const outcome = await done;
    expect([outcome.kind, ends]).toEqual(['report', ['report']]);
    expect(service.said.filter(({ call }) => call === 'open')).toEqual([
      { call: 'open', paths: ['/cd'], options: {} },
      { call: 'open', paths: ['/cd'], options: { characterSet: 'GB18030', asks: true } },
    ]);
  });
});

describe('an import that waits', () => {
  it('[REP4] is paused until the service goes on by itself', async () => {
    const done = queue.add(['/cd']);
    await start(7);
    const pause = { reason: 'disk-full', neededBytes: 1.2e9, freeBytes: 3e8 } as const;
    await service.give({ kind: 'paused', pause });
    const during = running()?.pause;
    await queue.resume();
    const asked = running()?.pause;
    await service.give({ kind: 'resumed' });
    const after = running()?.pause;
    await finish(1);
    await done;
    expect([during, asked, after]).toEqual([pause, pause, null]);
    expect(service.said.at(-1)).toEqual({ call: 'resume', jobId: 7 });
  });

  it('[REP4] can be cancelled while paused', async () => {
    const done = queue.add(['/cd']);
    await start(7);
    await service.give({ kind: 'paused', pause: { reason: 'medium-gone', label: 'PAT_CD' } });
    queue.cancel();
    expect([(await done).kind, running(), service.said.at(-1)]).toEqual(['cancelled', null, { call: 'left' }]);
  });
});

describe('passwords', () => {
  const ask = (archiveId: number, wasWrong = false) =>
    service.give({ kind: 'password', archiveId, label: `${String(archiveId)}.zip`, wasWrong });
  const asked = () => running()?.passwords.map(({ archiveId, wasWrong }) => [archiveId, wasWrong]);

  it('asks for each archive, again when wrong, and not for one that is left out', async () => {
    const done = queue.add(['/a.zip', '/b.zip']);
    await start(7);
    await ask(1);
    await ask(2);
    const both = asked();
    await queue.answerPassword(1, 'guess');
    const one = asked();
    await ask(1, true);
    const again = asked();
    await queue.answerPassword(1, 'secret');
    await queue.answerPassword(2, null);
    const none = asked();
    await finish(1);
    await done;
    expect([both, one, again, none]).toEqual([
      [
        [1, false],
        [2, false],
      ],
      [[2, false]],
      [
        [2, false],
        [1, true],
      ],
      [],
    ]);
    expect(service.said.slice(1)).toEqual([
      { call: 'password', archiveId: 1, password: 'guess' },
      { call: 'password', archiveId: 1, password: 'secret' },
      { call: 'password', archiveId: 2, password: null },
    ]);
  });

  it('[CHO6] keeps the question when the answer did not arrive', async () => {
    const deaf = createImportQueue({ ...service, password: () => Promise.reject(new Error('gone')) }, () => undefined);
    const done = deaf.add(['/a.zip']);
    await start(7);
    await ask(1);
    await expect(deaf.answerPassword(1, 'secret')).rejects.toThrow('gone');
    expect(asked()).toEqual([[1, false]]);
    await finish(1);
    await done;
  });
});

describe('progress', () => {
  it.each([
    ['while more is found', progress({ found: 8, seen: 2 }), null],
    ['by files', progress({ found: 8, seen: 2, isWalkOver: true }), 0.25],
    ['by bytes', progress({ phase: 'taking', found: 8, seen: 2, bytesDone: 30, bytesTotal: 40 }), 0.75],
    ['unpacking', progress({ phase: 'unpacking', found: 8, seen: 2, isWalkOver: true }), null],
  ])('has its share %s', (_, at, share) => {
    expect(doneShare(at)).toBe(share);
  });

  it('says that it is paused before what it was doing', async () => {
    const done = queue.add(['/cd']);
    await start(7);
    await service.give({ kind: 'progress', progress: progress({ phase: 'taking' }) });
    const now = running();
    await service.give({ kind: 'paused', pause: { reason: 'medium-gone', label: 'PAT_CD' } });
    const then = running();
    await finish(1);
    await done;
    expect([now && phaseText(now), then && phaseText(then)]).toEqual(['Importing', 'Paused']);
  });
});

describe('reports', () => {
  it('shows the latest or the one asked for', () => {
    putReports([report(1), report(3), report(2)]);
    showReport('latest');
    const latest = reportShown(importStore.getState())?.importId;
    showReport(2);
    expect([latest, reportShown(importStore.getState())?.importId]).toEqual([3, 2]);
  });
});

describe('cleanPath', () => {
  it.each([
    ['  /media/cd ', '/media/cd'],
    ['"/media/my cd"', '/media/my cd'],
    ['file:///media/my%20cd', '/media/my cd'],
    ['file:///C:/studies', 'C:/studies'],
  ])('%s', (typed, path) => {
    expect(cleanPath(typed)).toBe(path);
  });
});
