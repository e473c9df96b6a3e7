/**
 * For the benchmark of DICOMDIRs: `write FILE IMAGES` writes one, `first FILE` says how many milliseconds reading it took in a process
 * that has read nothing yet, `warm FILE` how many at best in one that has.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readDirectory } from '../../src-shared/dataset/directory';
import {
  directoryFile,
  imageEntry,
  linkedInOrder,
  patientEntry,
  seriesEntry,
  studyEntry,
} from '../fixtures/directoryFile';

const IMAGES_PER_SERIES = 50;

function entriesOf(images: number) {
  const series = Array.from({ length: images / IMAGES_PER_SERIES }, (_, index) => [
    seriesEntry(`${index}`),
    ...Array.from({ length: IMAGES_PER_SERIES }, (_unused, slice) => imageEntry('DICOM', `S${index}`, `I${slice}`)),
  ]);
  return linkedInOrder([patientEntry('BENCH-1', 'Bench^Patient'), studyEntry('1'), ...series.flat()]);
}

function timeOnce(file: string): number {
  const start = performance.now();
  const { patients } = readDirectory(new Uint8Array(readFileSync(file)));
  const ms = performance.now() - start;
  if (patients.length !== 1) throw new Error(`${patients.length} patients instead of one`);
  return ms;
}

const [task, file = '', images] = process.argv.slice(2);
if (task === 'write') writeFileSync(file, directoryFile(entriesOf(Number(images))).bytes);
else if (task === 'first') console.log(timeOnce(file));
else console.log(Math.min(...Array.from({ length: 30 }, () => timeOnce(file))));
