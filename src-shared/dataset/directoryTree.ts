/**
 * The records of a DICOMDIR as a tree of patients, studies and series: by their offsets where those lead somewhere, else by
 * the order in which they lie in the file, which nearly every writer keeps. Source: PS3.3 F.2.2, F.4.
 */
import type { DirectoryInstance, DirectoryPatient, DirectorySeries, DirectoryStudy } from '../dicom/mediaDirectory';
import type { PatientRecord } from '../dicom/records';
import type { DirectoryRecord } from './directoryRecords';
import type { IssueList } from './issueList';

/** PATIENT, STUDY, SERIES, IMAGE are four; VISIT and the like of the past a few more. */
const MAX_DEPTH = 32;

interface OpenSeries extends DirectorySeries {
  readonly instances: DirectoryInstance[];
}

interface OpenStudy extends DirectoryStudy {
  readonly series: OpenSeries[];
}

interface OpenPatient extends DirectoryPatient {
  readonly studies: OpenStudy[];
}

/** What a record belongs to. */
interface Place {
  readonly patient: OpenPatient | null;
  readonly study: OpenStudy | null;
  readonly series: OpenSeries | null;
}

const NOWHERE: Place = { patient: null, study: null, series: null };

/** Puts records under each other as they come. */
class TreeBuilder {
  readonly patients: OpenPatient[] = [];
  readonly #orphanPatients = new Map<string, OpenPatient>();
  hasOrphans = false;

  /** Adds a record that belongs to `place`; gives the place of what lies below it. */
  add({ content, instance }: DirectoryRecord, place: Place): Place {
    switch (content.level) {
      case 'patient': {
        const patient = { patient: content.patient, studies: [] };
        this.patients.push(patient);
        return { patient, study: null, series: null };
      }
      case 'study': {
        const patient = place.patient ?? this.#orphansOf(content.patient);
        const study = { study: content.study, series: [] };
        patient.studies.push(study);
        return { patient, study, series: null };
      }
      case 'series': {
        if (!place.study) this.hasOrphans = true;
        const series = { series: content.series, instances: [] };
        place.study?.series.push(series);
        return { ...place, series };
      }
      case 'leaf':
        if (instance) place.series?.instances.push(instance);
        return place;
    }
  }

  /** For studies outside every patient: the patient that they repeat, once. */
  #orphansOf(patient: PatientRecord): OpenPatient {
    this.hasOrphans = true;
    const key = JSON.stringify(patient);
    const known = this.#orphanPatients.get(key);
    if (known) return known;
    const orphans = { patient, studies: [] };
    this.#orphanPatients.set(key, orphans);
    this.patients.push(orphans);
    return orphans;
  }
}

interface Step {
  readonly offset: number;
  readonly place: Place;
  readonly depth: number;
}

/** Follows offsets from record to record. Nothing is visited twice. */
class OffsetWalk {
  /** Of what lies below each record that was visited. */
  readonly places = new Map<DirectoryRecord, Place>();
  readonly #byOffset = new Map<number, DirectoryRecord>();
  isLooping = false;
  /** Offsets at which no record begins. */
  strays = 0;

  constructor(
    records: readonly DirectoryRecord[],
    readonly shift: number,
    readonly builder: TreeBuilder,
  ) {
    for (const record of records) this.#byOffset.set(record.offset - shift, record);
  }

  recordAt(offset: number): DirectoryRecord | undefined {
    return this.#byOffset.get(offset);
  }

  /** The record at `offset`, those below it and those that follow it; all of them belong to `place`. */
  from(offset: number, place: Place): void {
    const steps: Step[] = [{ offset, place, depth: 0 }];
    for (let step = steps.pop(); step; step = steps.pop()) {
      const record = this.#byOffset.get(step.offset);
      if (!record) this.strays += 1;
      else if (this.places.has(record)) this.isLooping = true;
      else this.#visit(record, step, steps);
    }
  }

  #visit(record: DirectoryRecord, { place, depth }: Step, steps: Step[]): void {
    const { nextOffset, lowerOffset } = record;
    const below = record.isInUse ? this.builder.add(record, place) : place;
    this.places.set(record, below);
    // What lies below comes first: steps are taken from the end.
    if (nextOffset !== 0) steps.push({ offset: nextOffset, place, depth });
    if (lowerOffset !== 0 && depth < MAX_DEPTH) steps.push({ offset: lowerOffset, place: below, depth: depth + 1 });
  }
}

/** Some writers count from elsewhere than the start of the file; then every offset is wrong by the same number of bytes. */
function shiftOf(records: readonly DirectoryRecord[], start: number): number {
  const first = records[0];
  if (!first || records.some((record) => record.offset === start)) return 0;
  const shift = first.offset - start;
  const offsets = new Set(records.map(({ offset }) => offset));
  const links = records
    .flatMap(({ nextOffset, lowerOffset }) => [nextOffset, lowerOffset])
    .filter((link) => link !== 0);
  return links.length > 0 && links.every((link) => offsets.has(link + shift)) ? shift : 0;
}

const RANKS = { patient: 0, study: 1, series: 2, leaf: 3 } as const;

/** The place of a record that follows one whose contents go to `before`: siblings and parents close what is open. */
function placeInOrder({ content }: DirectoryRecord, before: Place): Place {
  const rank = RANKS[content.level];
  return {
    patient: rank > RANKS.patient ? before.patient : null,
    study: rank > RANKS.study ? before.study : null,
    series: rank > RANKS.series ? before.series : null,
  };
}

/** The root, unless another record leads to it: then it cannot be the root. */
function soundRoot(records: readonly DirectoryRecord[], rootOffset: number, walk: OffsetWalk): DirectoryRecord | null {
  const isLinked = records.some((record) => record.nextOffset === rootOffset || record.lowerOffset === rootOffset);
  return isLinked ? null : (walk.recordAt(rootOffset) ?? null);
}

/** Where else to begin: at whatever no other record leads to; then at the root after all; then at what is left. */
function otherStarts(records: readonly DirectoryRecord[], rootOffset: number, walk: OffsetWalk): DirectoryRecord[] {
  const linked = new Set(records.flatMap(({ nextOffset, lowerOffset }) => [nextOffset, lowerOffset]));
  const heads = records.filter(({ offset }) => !linked.has(offset - walk.shift));
  return [...heads, ...[walk.recordAt(rootOffset) ?? []].flat(), ...records];
}

/** Gives how many records were in no way linked to those before. */
function walkOthers(records: readonly DirectoryRecord[], rootOffset: number, walk: OffsetWalk): number {
  const before = new Map(records.map((record, index) => [record, records[index - 1]]));
  let unlinked = 0;
  for (const record of otherStarts(records, rootOffset, walk)) {
    if (walk.places.has(record)) continue;
    const previous = before.get(record);
    const place = previous ? walk.places.get(previous) : NOWHERE;
    unlinked += 1;
    walk.from(record.offset - walk.shift, placeInOrder(record, place ?? NOWHERE));
  }
  return unlinked;
}

/** `rootOffset` is (0004,1200), 0 when absent. */
export function directoryTree(
  records: readonly DirectoryRecord[],
  rootOffset: number,
  issues: IssueList,
): readonly DirectoryPatient[] {
  const walk = new OffsetWalk(records, shiftOf(records, rootOffset), new TreeBuilder());
  const root = soundRoot(records, rootOffset, walk);
  if (root) walk.from(rootOffset, NOWHERE);
  const isAllReached = walk.places.size === records.length;
  report(walk, isAllReached ? 0 : walkOthers(records, rootOffset, walk), issues);
  return walk.builder.patients;
}

function report({ isLooping, strays, builder }: OffsetWalk, unlinked: number, issues: IssueList): void {
  if (isLooping) issues.add('directory-loop', 'Records of the DICOMDIR lead in a circle; each was taken once.');
  if (strays > 0) issues.add('directory-offsets', `${count(strays, 'link')} of the DICOMDIR lead to no record.`);
  if (unlinked > 0) {
    const what = `${count(unlinked, 'record')} of the DICOMDIR`;
    issues.add('directory-order', `No other record leads to ${what}; the order in the file was taken instead.`);
  }
  if (builder.hasOrphans) {
    issues.add('directory-orphans', 'The DICOMDIR has studies without a patient, or series without a study.');
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
