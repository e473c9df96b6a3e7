/** The library as `dcm list --json` prints it. Scripts depend on these keys: docs/cli.md describes each. */
import type { SeriesRow, StudyFilter, StudyRow } from '../../src-shared/contract';
import type { PersonName } from '../../src-shared/dicom/records';
import type { Stack } from '../../src-shared/dicom/stack';
import type { LocalServices } from '../compose/services';

const PAGE = 500;

/** Newest first, as the filter lets them pass; the counts at the top are the whole library's. */
export function listLibrary(services: LocalServices, filter: StudyFilter) {
  const byPatient = Map.groupBy(studiesOf(services, filter), (row) => row.patientKey);
  const patients = [...byPatient.values()].map((studies) => listedPatient(services, studies));
  return { ...countsOf(services), patients };
}

function studiesOf(services: LocalServices, filter: StudyFilter): StudyRow[] {
  const rows: StudyRow[] = [];
  for (;;) {
    const sort = { column: 'addedAt', direction: 'descending' } as const;
    const page = services.library.query({ filter, sort, offset: rows.length, limit: PAGE });
    rows.push(...page.rows);
    if (page.rows.length === 0) return rows;
  }
}

export type ListedLibrary = ReturnType<typeof listLibrary>;

function countsOf(services: LocalServices) {
  const { patients, studies, series, instances } = services.counts();
  return { patientCount: patients, studyCount: studies, seriesCount: series, instanceCount: instances };
}

function listedPatient(services: LocalServices, rows: readonly StudyRow[]) {
  const patient = rows[0]?.patient;
  const studies = rows.map((row) => listedStudy(services, row));
  return {
    name: patient ? personName(patient.name) : '',
    patientId: patient?.patientId ?? '',
    issuerOfPatientId: patient?.issuerOfPatientId ?? '',
    birthDate: patient?.birthDate ?? '',
    sex: patient?.sex ?? '',
    studyCount: studies.length,
    seriesCount: sum(studies.map((study) => study.seriesCount)),
    instanceCount: sum(studies.map((study) => study.instanceCount)),
    studies,
  };
}

function listedStudy(services: LocalServices, row: StudyRow) {
  const { study } = row;
  return {
    studyInstanceUid: study.studyInstanceUid,
    patientName: personName(row.patient.name),
    date: study.date,
    time: study.time,
    description: study.description,
    accessionNumber: study.accessionNumber,
    studyId: study.studyId,
    referringPhysician: personName(study.referringPhysician),
    modalities: row.modalities,
    bodyParts: row.bodyParts,
    source: row.source,
    tags: row.tags,
    comment: row.comment,
    isUnread: row.isUnread,
    isPinned: row.isPinned,
    sizeBytes: row.sizeBytes,
    copiedBytes: row.copiedBytes,
    asideCount: row.asideCount,
    seriesCount: row.seriesCount,
    instanceCount: row.instanceCount,
    missingCount: row.missingCount,
    series: services.library.series(row.studyId).map((series) => listedSeries(services, series)),
  };
}

function listedSeries(services: LocalServices, row: SeriesRow) {
  const { stacks } = services.library.stacks(row.seriesId);
  const [main] = stacks;
  return {
    seriesInstanceUid: row.series.seriesInstanceUid,
    number: row.series.number,
    modality: row.series.modality,
    description: row.series.description,
    instanceCount: row.instanceCount,
    imageCount: row.imageCount,
    missingCount: row.missingCount,
    orientation: main?.geometry?.plane ?? null,
    spacing: main ? spacingOf(main) : null,
    instances: orderedInstances(services, row.seriesId, stacks),
    stacks: stacks.map(listedStack),
  };
}

/** As they are scrolled, stack after stack; then what is no image, in the order it was met. */
function orderedInstances(services: LocalServices, seriesId: number, stacks: readonly Stack[]) {
  const place = new Map<number, number>();
  for (const { ref } of stacks.flatMap((stack) => stack.images)) {
    if (!place.has(ref.instanceId)) place.set(ref.instanceId, place.size);
  }
  return services.library
    .instances(seriesId)
    .toSorted((a, b) => (place.get(a.instanceId) ?? Infinity) - (place.get(b.instanceId) ?? Infinity) || 0)
    .map(({ instanceId, record, isMissing }) => ({
      sopInstanceUid: record.sopInstanceUid,
      sopClassUid: record.sopClassUid,
      transferSyntaxUid: record.transferSyntaxUid,
      instanceNumber: record.instanceNumber,
      frames: record.pixels?.frames ?? 0,
      path: services.library.filePath(instanceId),
      isMissing,
    }));
}

function listedStack(stack: Stack) {
  const { geometry } = stack;
  return {
    label: stack.label,
    splitBy: stack.splitBy,
    ordering: stack.ordering,
    orientation: geometry?.plane ?? null,
    rowDirection: geometry?.rowDirection ?? null,
    columnDirection: geometry?.columnDirection ?? null,
    normal: geometry?.normal ?? null,
    obliquityDeg: geometry?.obliquityDeg ?? null,
    tiltDeg: geometry?.tiltDeg ?? null,
    spacing: spacingOf(stack),
    imageCount: stack.images.length,
    images: stack.images.map(({ ref, record, positionMm }) => ({
      sopInstanceUid: record.sopInstanceUid,
      frame: ref.frameIndex + 1,
      positionMm,
    })),
    issues: stack.issues,
  };
}

/** `rowMm` and `columnMm` of the first image; `sliceMinMm` and `sliceMaxMm` between neighbouring slices. */
function spacingOf({ images, geometry }: Stack) {
  const pixel = images[0]?.record.spacing ?? null;
  if (!pixel && !geometry) return null;
  return {
    rowMm: pixel?.rowMm ?? null,
    columnMm: pixel?.columnMm ?? null,
    sliceMinMm: geometry?.spacingMinMm ?? null,
    sliceMaxMm: geometry?.spacingMaxMm ?? null,
    isUniform: geometry?.isUniform ?? null,
  };
}

/** As a file writes it: groups joined with `=`, empty groups at the end left out. Source: PS3.5 6.2.1.2. */
function personName({ alphabetic, ideographic, phonetic }: PersonName): string {
  return [alphabetic, ideographic, phonetic].join('=').replace(/=+$/, '');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}
