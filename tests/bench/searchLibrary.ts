/**
 * Run in a process of its own: `fill DIR STUDIES` makes an index of ten instances a study, `ask DIR` times questions to the
 * library service against the bare statements, `open DIR` times the start until the first page. Answers as JSON.
 */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { openStore } from '../../src-main/store';
import { openDatabase } from '../../src-main/store/database';
import { conditionsOf } from '../../src-main/store/studyConditions';
import { StudyFacts } from '../../src-main/store/studyFacts';
import { orderOf } from '../../src-main/store/studyOrder';
import { ChangeFeed } from '../../src-main/services/changeFeed';
import { createLibraryService } from '../../src-main/services/library';
import type { StudyFilter, StudyQuery, StudySort } from '../../src-shared/contract';
import { instanceRecord, patientRecord, seriesRecord, studyRecord } from '../support/stackContent';

const FAMILY = ['Müller', 'Schmidt', 'Yamada', 'García', 'Dupont', 'Kowalski', 'Ivanov', 'Nguyễn', 'Sato', 'Silva'];
const GIVEN = ['Anna', 'Jürgen', 'Tarou', 'María', 'Émile', 'Zofia', 'Olga', 'Minh', 'Hana', 'João', 'Peter', 'Ruth'];
const WHAT = ['Chest', 'Abdomen with contrast', 'Head', 'Knee left', 'Spine', 'Whole body', 'Heart'];
const MODALITIES = ['CT', 'MR', 'PT', 'US', 'DX'];
const PER_STUDY = 10;
const PAGE = 100;
const BY_DATE: StudySort = { column: 'studyDate', direction: 'descending' };

const one = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

function fill(directory: string, studies: number): void {
  openStore(directory).dispose();
  const raw = new DatabaseSync(join(directory, 'index.sqlite'));
  raw.exec('PRAGMA synchronous = OFF; BEGIN;');
  raw.exec("INSERT INTO sources (id, kind, label, path, added_at_ms) VALUES (1, 'folder', 'Archive', '/archive', 0)");
  const insert = (table: string, count: number) =>
    raw.prepare(`INSERT INTO ${table} VALUES (${Array.from({ length: count }, () => '?').join(', ')})`);
  const patient = insert('patients (id, key, record)', 3);
  const study = insert('studies (id, patient_id, uid, record, patient_record, source_id, added_at_ms)', 7);
  const series = insert('series (id, study_id, uid, modality, record, body_part)', 6);
  const instance = insert('instances (id, series_id, uid, has_image, record)', 5);
  const file = insert('files (instance_id, source_id, origin, path, size_bytes, mtime_ms)', 6);
  for (let id = 1; id <= studies; id += 1) {
    const patientId = Math.ceil(id / 2);
    const name = `${one(FAMILY, patientId)}${patientId % 997}^${one(GIVEN, patientId * 7)}`;
    const person = JSON.stringify({
      ...patientRecord,
      name: { ...patientRecord.name, alphabetic: name },
      patientId: `P${patientId}`,
    });
    if (id % 2 === 1) patient.run(patientId, `key ${patientId}`, person);
    const date = String(20000101 + (id % 26) * 10_000 + (id % 12) * 100 + (id % 28));
    const uid = `1.2.826.0.1.${id}`;
    const record = {
      ...studyRecord,
      studyInstanceUid: uid,
      date,
      description: one(WHAT, id),
      accessionNumber: `A${id}`,
    };
    study.run(id, patientId, uid, JSON.stringify(record), person, 1, id);
    series.run(id, id, `${uid}.1`, one(MODALITIES, id), JSON.stringify(seriesRecord), one(WHAT, id).toUpperCase());
    for (let number = 1; number <= PER_STUDY; number += 1) {
      const instanceId = (id - 1) * PER_STUDY + number;
      const sopInstanceUid = `${uid}.1.${number}`;
      instance.run(instanceId, id, sopInstanceUid, 1, JSON.stringify({ ...instanceRecord, sopInstanceUid }));
      file.run(instanceId, 1, `S${id}/IM${number}`, `/archive/S${id}/IM${number}`, 526_000, 1);
    }
  }
  raw.exec('COMMIT');
  raw.close();
  const database = openDatabase(directory);
  const facts = new StudyFacts(database);
  database.transaction(() => facts.recomputeAll());
  database.close();
}

function questions(): readonly { readonly what: string; readonly filter: StudyFilter }[] {
  const asked: { what: string; filter: StudyFilter }[] = [];
  const ask = (what: string, filter: StudyFilter): number => asked.push({ what, filter });
  for (let index = 1; index <= 60; index += 1) {
    const word = `${one(FAMILY, index)}${index * 13}`;
    for (let typed = 3; typed <= word.length; typed += 1) ask('typing a name', { text: word.slice(0, typed) });
    ask('name and given name', { text: `${one(FAMILY, index)} ${one(GIVEN, index)} ${index}` });
    ask('an ID', { patientId: `P${index * 731}` });
    ask('an accession number', { text: `A${index * 1501}` });
    const month = String(20240001 + (index % 12) * 100 + 100);
    ask('month and modality', {
      studyDateFrom: month,
      studyDateTo: String(Number(month) + 30),
      modalities: [one(MODALITIES, index)],
    });
    ask('two letters', { text: one(['mu', 'ct', 'an', 'ya'], index) });
  }
  return asked;
}

function ask(directory: string): unknown {
  const store = openStore(directory);
  const feed = new ChangeFeed();
  const library = createLibraryService({
    store,
    feed,
    nowMs: () => 0,
    looksInBackground: false,
    onBackgroundError: () => undefined,
  });
  const raw = new DatabaseSync(join(directory, 'index.sqlite'), { readOnly: true });
  const row = raw.prepare('SELECT * FROM studies WHERE id = ?');
  const times: { what: string; ourMs: number; bareMs: number; answers: number }[] = [];
  for (const { what, filter } of questions()) {
    const query: StudyQuery = { filter, sort: BY_DATE, offset: 0, limit: PAGE };
    const { sql, values } = conditionsOf(filter);
    const bare = raw.prepare(
      `SELECT studies.id, studies.patient_id FROM studies WHERE ${sql} ORDER BY ${orderOf(BY_DATE)}`,
    );
    const bareMs = timed(() => {
      for (const found of bare.all(...values).slice(0, PAGE)) row.get(Number(found['id']));
    });
    // No list is known any more; the size of the library is, as while somebody types.
    feed.announceEverything();
    store.lists.count(feed.version);
    let answers = 0;
    const ourMs = timed(() => {
      answers = library.query(query).studyCount;
    });
    times.push({ what, ourMs, bareMs, answers });
  }
  const everything: StudyQuery = { filter: {}, sort: BY_DATE, offset: 0, limit: PAGE };
  feed.announceEverything();
  const wholeMs = timed(() => library.query(everything));
  const deepMs = timed(() => library.query({ ...everything, offset: 90_000 }));
  const facetsMs = timed(() => library.facets());
  const sortMs = timed(() => library.query({ ...everything, sort: { column: 'description', direction: 'ascending' } }));
  library.dispose();
  feed.dispose();
  store.dispose();
  return { times, wholeMs, deepMs, facetsMs, sortMs };
}

function open(directory: string): unknown {
  let pageMs = 0;
  const openMs = timed(() => {
    const store = openStore(directory);
    const query = { filter: {}, sort: BY_DATE };
    pageMs = timed(() => store.lists.rows(store.lists.list(query, { revision: 1, nowMs: 0 }).ids.slice(0, PAGE)));
    store.dispose();
  });
  return { openMs, pageMs };
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const [verb = '', directory = '', count = '0'] = process.argv.slice(2);
if (verb === 'fill') fill(directory, Number(count));
else console.log(JSON.stringify(verb === 'ask' ? ask(directory) : open(directory)));
