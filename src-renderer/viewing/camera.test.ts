import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canvasFromImage,
  fit,
  FITTED,
  flip,
  oneToOne,
  panBy,
  pixelAspectOf,
  rotateBy,
  scaleOf,
  toCanvas,
  toImage,
  zoomAt,
  type Camera,
  type ImageView,
  type QuarterTurn,
} from './camera';
import { canvasPoint, imagePoint } from './spaces';

const camera: fc.Arbitrary<Camera> = fc.record({
  zoom: fc.double({ min: 0.2, max: 20, noNaN: true }),
  focus: fc
    .tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true }))
    .map(([x, y]) => imagePoint(x, y)),
  rotationDeg: fc.constantFrom<QuarterTurn>(0, 90, 180, 270),
  isMirrored: fc.boolean(),
});

const view: fc.Arbitrary<ImageView> = fc.record({
  image: fc.record({
    columns: fc.integer({ min: 100, max: 3000 }),
    rows: fc.integer({ min: 100, max: 3000 }),
    pixelAspect: fc.double({ min: 0.5, max: 2, noNaN: true }),
  }),
  viewport: fc.record({ width: fc.integer({ min: 50, max: 4000 }), height: fc.integer({ min: 50, max: 3000 }) }),
  camera,
});

const point = fc.record({
  x: fc.double({ min: 0, max: 1000, noNaN: true }),
  y: fc.double({ min: 0, max: 1000, noNaN: true }),
});

const wide: ImageView = {
  image: { columns: 512, rows: 256, pixelAspect: 1 },
  viewport: { width: 1024, height: 1024 },
  camera: FITTED,
};

describe('camera', () => {
  it('[VIEW1] image to canvas and back is the identity', () => {
    fc.assert(
      fc.property(view, point, (seen, at) => {
        const back = toCanvas(seen, toImage(seen, canvasPoint(at.x, at.y)));
        expect(back.x).toBeCloseTo(at.x, 6);
        expect(back.y).toBeCloseTo(at.y, 6);
      }),
    );
  });

  it('[VIEW1] a fitted image touches two edges of the viewport with its outer pixel edges', () => {
    expect([toCanvas(wide, imagePoint(-0.5, -0.5)), toCanvas(wide, imagePoint(511.5, 255.5))]).toEqual([
      { x: 0, y: 256 },
      { x: 1024, y: 768 },
    ]);
  });

  it('[VIEW1] a pixel twice as high as wide is drawn twice as high as wide', () => {
    const tall = {
      ...wide,
      image: { ...wide.image, pixelAspect: pixelAspectOf({ rowMm: 2, columnMm: 1, source: 'pixel-spacing' }) },
    };
    const { a, d } = canvasFromImage(tall);
    expect(d / a).toBe(2);
  });

  it.each([
    [0, false, { x: 1, y: 0 }],
    [90, false, { x: 0, y: 1 }],
    [180, false, { x: -1, y: 0 }],
    [270, false, { x: 0, y: -1 }],
    [0, true, { x: -1, y: 0 }],
    [90, true, { x: 0, y: -1 }],
  ] as const)(
    '[VIEW1] turned %i°, mirrored %s: increasing columns run toward %o',
    (rotationDeg, isMirrored, expected) => {
      const { a, b } = canvasFromImage({ ...wide, camera: { ...FITTED, rotationDeg, isMirrored } });
      expect({ x: Math.sign(a) + 0, y: Math.sign(b) + 0 }).toEqual(expected);
    },
  );

  it('[VIEW2] zooming keeps the image point under the cursor', () => {
    fc.assert(
      fc.property(view, point, fc.double({ min: 0.8, max: 1.25, noNaN: true }), (seen, at, factor) => {
        const anchor = canvasPoint(seen.viewport.width * 0.4 + at.x * 0.01, seen.viewport.height * 0.4 + at.y * 0.01);
        const held = toImage(seen, anchor);
        fc.pre(Math.abs(held.x - seen.image.columns / 2) < seen.image.columns / 8);
        fc.pre(Math.abs(held.y - seen.image.rows / 2) < seen.image.rows / 8);
        const zoomed = { ...seen, camera: zoomAt(seen, anchor, factor) };
        fc.pre(Math.abs(zoomed.camera.focus.x) < seen.image.columns / 2 - 1);
        fc.pre(Math.abs(zoomed.camera.focus.y) < seen.image.rows / 2 - 1);
        const after = toCanvas(zoomed, held);
        expect(after.x).toBeCloseTo(anchor.x, 5);
        expect(after.y).toBeCloseTo(anchor.y, 5);
      }),
    );
  });

  it('[VIEW2] panning moves what is held with the hand', () => {
    const turned: ImageView = { ...wide, camera: { ...FITTED, zoom: 3, rotationDeg: 90, isMirrored: true } };
    const held = toImage(turned, canvasPoint(400, 500));
    const moved = toCanvas({ ...turned, camera: panBy(turned, canvasPoint(30, -20)) }, held);
    expect([moved.x, moved.y]).toEqual([expect.closeTo(430, 6), expect.closeTo(480, 6)]);
  });

  it('[VIEW2] an image cannot be panned out of its viewport', () => {
    const { focus } = panBy(wide, canvasPoint(-100_000, 100_000));
    expect(focus).toEqual({ x: 256, y: -128 });
  });

  it('[VIEW3] 1:1 makes a column one device pixel wide and keeps the centre', () => {
    const seen: ImageView = { ...wide, camera: { ...FITTED, zoom: 5, focus: imagePoint(10, 20) } };
    const exact = { ...seen, camera: oneToOne(seen, 2) };
    expect([scaleOf(exact), exact.camera.focus]).toEqual([0.5, seen.camera.focus]);
  });

  it('[VIEW3] fit keeps turns and mirrors', () => {
    const seen: Camera = { zoom: 5, focus: imagePoint(10, 20), rotationDeg: 270, isMirrored: true };
    expect(fit(seen)).toEqual({ ...FITTED, rotationDeg: 270, isMirrored: true });
  });

  it('[VIEW4] flipping mirrors what is seen, whatever the turn', () => {
    fc.assert(
      fc.property(view, point, (seen, at) => {
        const p = imagePoint(at.x, at.y);
        const square = { ...seen, viewport: { width: 1000, height: 1000 } };
        const before = toCanvas(square, p);
        const across = toCanvas({ ...square, camera: flip(square.camera, 'horizontal') }, p);
        const over = toCanvas({ ...square, camera: flip(square.camera, 'vertical') }, p);
        expect(Math.abs(across.x - (1000 - before.x)) + Math.abs(across.y - before.y)).toBeLessThan(1e-6);
        expect(Math.abs(over.x - before.x) + Math.abs(over.y - (1000 - before.y))).toBeLessThan(1e-6);
      }),
    );
  });

  it('[VIEW4] four quarter turns, or two equal flips, change nothing', () => {
    fc.assert(
      fc.property(camera, (seen) => {
        const turned = [90, 90, 90, 90].reduce<Camera>((now) => rotateBy(now, 90), seen);
        expect([
          turned,
          flip(flip(seen, 'horizontal'), 'horizontal'),
          flip(flip(seen, 'vertical'), 'vertical'),
        ]).toEqual([seen, seen, seen]);
      }),
    );
  });

  it('[VIEW2] a resized viewport shows the same anatomy at its centre', () => {
    const seen: ImageView = { ...wide, camera: { ...FITTED, zoom: 2, focus: imagePoint(40, -30) } };
    const small = { ...seen, viewport: { width: 300, height: 200 } };
    const at = [toImage(seen, canvasPoint(512, 512)), toImage(small, canvasPoint(150, 100))];
    expect(at[1]).toEqual({
      x: expect.closeTo(at[0]?.x ?? 0, 9) as number,
      y: expect.closeTo(at[0]?.y ?? 0, 9) as number,
    });
  });
});
