import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vector3 } from '../geometry/vectors';
import { directionLetters, edgeLetters, nearestPlane, oppositeLetters } from './orientation';

const degrees = (angle: number): number => (angle * Math.PI) / 180;

describe('edgeLetters', () => {
  it.each<[string, Vector3, Vector3, string]>([
    ['axial', [1, 0, 0], [0, 1, 0], 'R L A P'],
    ['axial, feet seen from above', [-1, 0, 0], [0, 1, 0], 'L R A P'],
    ['coronal', [1, 0, 0], [0, 0, -1], 'R L H F'],
    ['sagittal', [0, 1, 0], [0, 0, -1], 'A P H F'],
    ['axial, tilted by 20°', [1, 0, 0], [0, Math.cos(degrees(20)), -Math.sin(degrees(20))], 'R L AH PF'],
    ['axial, tilted by 5°', [1, 0, 0], [0, Math.cos(degrees(5)), -Math.sin(degrees(5))], 'R L A P'],
  ])('[GEO5] %s', (_, rowDirection, columnDirection, expected) => {
    const letters = edgeLetters({ plane: { rowDirection, columnDirection }, patientOrientation: ['P', 'F'] });
    expect([letters?.left, letters?.right, letters?.top, letters?.bottom].join(' ')).toBe(expected);
  });

  it.each([
    [['L', 'F'], { left: 'R', right: 'L', top: 'H', bottom: 'F' }],
    [['A', 'FR'], { left: 'P', right: 'A', top: 'HL', bottom: 'FR' }],
    [['CR', 'D'], { left: '', right: 'CR', top: '', bottom: 'D' }],
    [['L'], { left: 'R', right: 'L', top: '', bottom: '' }],
    [[], null],
    [['', ''], null],
  ])('[GEO5] takes Patient Orientation %j where there is no plane', (patientOrientation, expected) => {
    expect(edgeLetters({ plane: null, patientOrientation })).toEqual(expected);
  });

  it('[GEO5] opposite directions have opposite letters', () => {
    const part = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(part, part, part, (x, y, z) => {
        expect(directionLetters([-x, -y, -z])).toBe(oppositeLetters(directionLetters([x, y, z])));
      }),
    );
  });
});

describe('nearestPlane', () => {
  it.each<[Vector3, string, number]>([
    [[0, 0, 1], 'AXIAL', 0],
    [[0, 0, -1], 'AXIAL', 0],
    [[0, -1, 0], 'CORONAL', 0],
    [[-1, 0, 0], 'SAGITTAL', 0],
    [[0, Math.sin(degrees(18.5)), Math.cos(degrees(18.5))], 'AXIAL', 18.5],
    [[Math.cos(degrees(30)), Math.sin(degrees(30)), 0], 'SAGITTAL', 30],
  ])('of %j is %s, %d° off', (normal, plane, obliquityDeg) => {
    expect(nearestPlane(normal)).toEqual({ plane, obliquityDeg: expect.closeTo(obliquityDeg, 6) as number });
  });
});
