/** The demo study of the first minute: a fictitious person, four series of one computed torso. */
import { uidFromSeed } from '../dataset/write';
import type { Vector3 } from '../geometry/vectors';
import type { Attributes } from './attributes';
import { gridOf, planeOf, type GridOptions } from './grid';
import { SIGNED_16 } from './pixels';
import { addToProjection, projectionFile, projectionOf } from './projection';
import { samplePlane, type Scene } from './scene';
import { seriesFiles, sliceFile, type PhantomFile, type PhantomSeries } from './series';
import { LESION, torsoScene } from './torso/torso';

const SEED = 'isocenter demo study 1';

/** Clearly nobody: family name, ID and comments say so. */
const STUDY: Attributes = {
  PatientName: 'Phantom^Isocenter^Demo',
  PatientID: 'DEMO-0001',
  PatientBirthDate: '19700101',
  PatientSex: 'O',
  PatientAge: '056Y',
  PatientComments: 'Computed phantom for demonstration: not a person.',
  StudyInstanceUID: uidFromSeed(`${SEED}/study`),
  FrameOfReferenceUID: uidFromSeed(`${SEED}/frame`),
  StudyID: 'DEMO',
  AccessionNumber: 'DEMO-CT-0001',
  StudyDescription: 'CT thorax and abdomen with contrast (demo)',
  StudyDate: '20260302',
  StudyTime: '101500',
  BodyPartExamined: 'CHEST',
  ContrastBolusAgent: 'Computed',
};

const CENTRE: Vector3 = [0, 8, 10];

const AXIAL: GridOptions = {
  ...{ columns: 384, rows: 384, slices: 200, spacingMm: 1, sliceSpacingMm: 2, centre: CENTRE },
};

const CORONAL: GridOptions = {
  ...{ columns: 384, rows: 400, slices: 48, spacingMm: 1, sliceSpacingMm: 5, centre: [0, 1, 10] },
  ...{ rowDirection: [1, 0, 0], columnDirection: [0, 0, -1] },
};

/** Through the lesion, turned about two axes. */
const OBLIQUE: GridOptions = {
  ...{ columns: 256, rows: 256, slices: 40, spacingMm: 0.5, sliceSpacingMm: 1, centre: LESION.centre },
  ...{ rowDirection: [0.866025403784, 0.433012701892, -0.25], columnDirection: [-0.5, 0.75, -0.433012701892] },
};

const PROJECTIONS = 1;

/** Files that `demoStudy` yields. */
export const DEMO_FILE_COUNT = AXIAL.slices + CORONAL.slices + OBLIQUE.slices + PROJECTIONS;

interface SeriesLabel {
  readonly number: number;
  readonly folder: string;
  readonly description: string;
  readonly kernel: string;
  readonly noise: number;
  readonly windows: readonly (readonly [center: number, width: number, explanation: string])[];
  readonly imageType: readonly string[];
}

const SOFT = [40, 400, 'Soft tissue'] as const;
const LUNG = [-500, 1500, 'Lung'] as const;
const BONE = [450, 1800, 'Bone'] as const;

function demoSeries(scene: Scene, options: GridOptions, label: SeriesLabel): PhantomSeries {
  return {
    seed: `${SEED}/${label.number}`,
    folder: label.folder,
    scene,
    grid: gridOf(options),
    format: { ...SIGNED_16, bitsStored: 16 },
    noise: label.noise,
    attributes: {
      ...STUDY,
      SeriesNumber: String(label.number),
      SeriesDescription: label.description,
      ProtocolName: 'Thorax Abdomen portal venous',
      ConvolutionKernel: label.kernel,
      ImageType: label.imageType,
      WindowCenter: label.windows.map(([center]) => String(center)),
      WindowWidth: label.windows.map(([, width]) => String(width)),
      WindowCenterWidthExplanation: label.windows.map(([, , explanation]) => explanation),
    },
  };
}

/** The axial series of the demo study alone: what its pixels must be, for tests and documentation. */
export function demoAxialSeries(scene: Scene = torsoScene()): PhantomSeries {
  return demoSeries(scene, AXIAL, {
    ...{ number: 2, folder: '2-axial', description: 'Thorax Abdomen 2.0 soft', kernel: 'SOFT', noise: 8 },
    ...{ windows: [SOFT, LUNG, BONE], imageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'] },
  });
}

function demoCoronalSeries(scene: Scene): PhantomSeries {
  return demoSeries(scene, CORONAL, {
    ...{ number: 3, folder: '3-coronal', description: 'Coronal 5.0 soft', kernel: 'SOFT', noise: 6 },
    ...{ windows: [SOFT, LUNG, BONE], imageType: ['DERIVED', 'SECONDARY', 'REFORMATTED'] },
  });
}

function demoObliqueSeries(scene: Scene): PhantomSeries {
  return demoSeries(scene, OBLIQUE, {
    ...{ number: 4, folder: '4-oblique', description: 'Nodule, double oblique 1.0 lung', kernel: 'LUNG', noise: 14 },
    ...{ windows: [LUNG, SOFT], imageType: ['DERIVED', 'SECONDARY', 'REFORMATTED'] },
  });
}

/** File after file, as each is computed; the same bytes on every machine. */
export function* demoStudy(): Generator<PhantomFile, void, undefined> {
  const scene = torsoScene();
  yield* seriesFiles(demoAxialSeries(scene));
  yield* coronalAndProjection(demoCoronalSeries(scene));
  yield* seriesFiles(demoObliqueSeries(scene));
}

/** The coronal slices, computed once, are also what the rays of the frontal projection pass through. */
function* coronalAndProjection(series: PhantomSeries): Generator<PhantomFile, void, undefined> {
  const { grid } = series;
  const projection = projectionOf(grid);
  for (let slice = 0; slice < grid.origins.length; slice++) {
    const values = new Float32Array(grid.columns * grid.rows);
    samplePlane(series.scene, planeOf(grid, slice), values);
    addToProjection(projection, values);
    yield sliceFile(series, slice, values);
  }
  yield projectionFile(projection, {
    seed: `${SEED}/1`,
    folder: '1-frontal',
    attributes: { ...STUDY, SeriesNumber: '1', SeriesDescription: 'Chest frontal (projection)' },
  });
}
