import { describe, expect, it } from 'vitest';
import { FITTED, flip, rotateBy } from '../../../viewing/camera';
import { turnedEdges } from './edges';

const axial = { left: 'R', right: 'L', top: 'A', bottom: 'P' };

describe('edge letters', () => {
  it.each([
    ['as stored', FITTED, axial],
    ['turned right', rotateBy(FITTED, 90), { left: 'P', right: 'A', top: 'R', bottom: 'L' }],
    ['turned upside down', rotateBy(FITTED, 180), { left: 'L', right: 'R', top: 'P', bottom: 'A' }],
    ['turned left', rotateBy(FITTED, 270), { left: 'A', right: 'P', top: 'L', bottom: 'R' }],
    ['mirrored', flip(FITTED, 'horizontal'), { left: 'L', right: 'R', top: 'A', bottom: 'P' }],
    ['upside down by flipping', flip(FITTED, 'vertical'), { left: 'R', right: 'L', top: 'P', bottom: 'A' }],
    [
      'turned, then mirrored',
      flip(rotateBy(FITTED, 90), 'horizontal'),
      { left: 'A', right: 'P', top: 'R', bottom: 'L' },
    ],
  ] as const)('[VIEW22] %s', (_name, camera, expected) => {
    expect(turnedEdges(axial, camera)).toEqual(expected);
  });
});
