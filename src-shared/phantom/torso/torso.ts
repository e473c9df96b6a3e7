/** The whole torso as one scene. */
import type { Vector3 } from '../../geometry/vectors';
import type { Scene } from '../scene';
import { sphere, type Shape } from '../shapes';
import { abdomen } from './abdomen';
import { AIR, couch, torsoWall } from './body';
import { heart, lungs, windpipe } from './chest';
import { skeleton } from './skeleton';
import { calcifications, greatVessels } from './vessels';

/** A nodule in the right upper lobe, put there to be found and measured: a true sphere of even density. */
export const LESION = {
  centre: [-74, -14, 122] satisfies Vector3,
  diameterMm: 20,
  value: 38,
} as const;

/** Vessels and airways that would run into the nodule are left out: its edge is its own. The lungs themselves stay. */
function touchesLesion({ bounds, depthAt }: Shape): boolean {
  const isFine = bounds.max[2] - bounds.min[2] < 60;
  return isFine && depthAt(...LESION.centre) > -(LESION.diameterMm / 2 + 1.5);
}

/** Hounsfield units; z runs from about -198 to 206 mm. Building it takes a few hundredths of a second: keep it. */
export function torsoScene(): Scene {
  return {
    background: AIR,
    layers: [
      ...couch(),
      ...torsoWall(),
      ...abdomen(),
      ...lungs().filter(({ shape }) => !touchesLesion(shape)),
      ...heart(),
      ...skeleton(),
      ...greatVessels(),
      ...calcifications(),
      ...windpipe(),
      { shape: sphere(LESION.centre, LESION.diameterMm / 2), filling: LESION.value },
    ],
  };
}
