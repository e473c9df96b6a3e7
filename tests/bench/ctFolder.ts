/** A folder of small CT files with headers as long as a scanner's, for benchmarks of opening folders. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { uidFromSeed, writePart10, type ElementList } from '../../src-shared/dataset/write';

const FILES_PER_SERIES = 50;
const FILES_PER_STUDY = 250;

export interface CtFolderShape {
  /** Rows and columns. Default 128. */
  readonly size?: number;
  /** What private elements of a scanner add to a header. Default 7200: with the rest it comes to about 8 KB. */
  readonly privateBytes?: number;
}

const SHAPE = { size: 128, privateBytes: 7200 } as const;

/** Writes `count` files in series of 50, without extension, as a scanner's disc has them; gives the header's size. */
export function writeCtFolder(folder: string, count: number, shape: CtFolderShape = {}): { headerBytes: number } {
  const whole = { ...SHAPE, ...shape };
  let headerBytes = 0;
  for (let index = 0; index < count; index++) {
    const series = Math.floor(index / FILES_PER_SERIES);
    const seriesFolder = join(folder, `S${String(series).padStart(4, '0')}`);
    if (index % FILES_PER_SERIES === 0) mkdirSync(seriesFolder, { recursive: true });
    const bytes = writePart10(ctElements(index, whole));
    headerBytes = bytes.length - whole.size * whole.size * 2;
    writeFileSync(join(seriesFolder, `I${String(index % FILES_PER_SERIES).padStart(4, '0')}`), bytes);
  }
  return { headerBytes };
}

function ctElements(index: number, { size, privateBytes }: Required<CtFolderShape>): ElementList {
  const study = Math.floor(index / FILES_PER_STUDY);
  const series = Math.floor(index / FILES_PER_SERIES);
  const slice = index % FILES_PER_SERIES;
  return [
    { tag: 0x00080016, vr: 'UI', value: '1.2.840.10008.5.1.4.1.1.2' },
    { tag: 0x00080018, vr: 'UI', value: uidFromSeed(`bench instance ${index}`) },
    { tag: 0x00080020, vr: 'DA', value: '20260105' },
    { tag: 0x00080060, vr: 'CS', value: 'CT' },
    { tag: 0x00081030, vr: 'LO', value: `Bench study ${study}` },
    { tag: 0x0008103e, vr: 'LO', value: `Bench series ${series}` },
    { tag: 0x00100010, vr: 'PN', value: `Bench^Patient ${study}` },
    { tag: 0x00100020, vr: 'LO', value: `BENCH-${study}` },
    { tag: 0x00180050, vr: 'DS', value: '1' },
    { tag: 0x0020000d, vr: 'UI', value: uidFromSeed(`bench study ${study}`) },
    { tag: 0x0020000e, vr: 'UI', value: uidFromSeed(`bench series ${series}`) },
    { tag: 0x00200011, vr: 'IS', value: String(series + 1) },
    { tag: 0x00200013, vr: 'IS', value: String(slice + 1) },
    { tag: 0x00200032, vr: 'DS', value: ['-64', '-64', String(slice)] },
    { tag: 0x00200037, vr: 'DS', value: ['1', '0', '0', '0', '1', '0'] },
    { tag: 0x00200052, vr: 'UI', value: uidFromSeed(`bench frame ${study}`) },
    ...privateElements(privateBytes),
    { tag: 0x00280002, vr: 'US', value: 1 },
    { tag: 0x00280004, vr: 'CS', value: 'MONOCHROME2' },
    { tag: 0x00280010, vr: 'US', value: size },
    { tag: 0x00280011, vr: 'US', value: size },
    { tag: 0x00280030, vr: 'DS', value: ['1', '1'] },
    { tag: 0x00280100, vr: 'US', value: 16 },
    { tag: 0x00280101, vr: 'US', value: 16 },
    { tag: 0x00280102, vr: 'US', value: 15 },
    { tag: 0x00280103, vr: 'US', value: 1 },
    { tag: 0x7fe00010, vr: 'OW', value: wedge(index, size) },
  ];
}

/** Many small elements, as scanners write, rather than a single large one. */
function privateElements(bytes: number): ElementList {
  const each = 60;
  const count = Math.floor(bytes / (each + 8));
  const creator = { tag: 0x00210010, vr: 'LO', value: 'ISOCENTER BENCH' } as const;
  const values = Array.from({ length: count }, (_, index) => ({
    tag: 0x00211000 + index,
    vr: 'LO' as const,
    value: `private ${index} `.padEnd(each, 'x'),
  }));
  return [creator, ...values];
}

function wedge(index: number, size: number): Uint8Array {
  const values = Int16Array.from({ length: size * size }, (_, at) => ((at % size) + index) * 8 - 1000);
  return new Uint8Array(values.buffer);
}
