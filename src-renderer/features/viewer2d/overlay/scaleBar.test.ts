import { describe, expect, it } from 'vitest';
import { FITTED, type ImageView } from '../../../viewing/camera';
import { scaleBarFor } from './scaleBar';

const view: ImageView = {
  image: { columns: 512, rows: 512, pixelAspect: 1 },
  viewport: { width: 1024, height: 1024 },
  camera: FITTED,
};

describe('scale bar', () => {
  it('[VIEW21] is a round length that the image itself would measure', () => {
    // 2 px per column of 0.7 mm; a third of 1024 px is at most 107 mm.
    expect(scaleBarFor(view, { rowMm: 0.7, columnMm: 0.7, source: 'pixel-spacing' })).toEqual({
      lengthMm: 100,
      lengthPx: (100 / 0.7) * 2,
      source: 'pixel-spacing',
    });
  });

  it('[VIEW21] there is none without spacing', () => {
    expect(scaleBarFor(view, null)).toBeNull();
  });

  it('[VIEW21] says when millimetres are those of the detector', () => {
    expect(scaleBarFor(view, { rowMm: 0.1, columnMm: 0.1, source: 'imager-pixel-spacing' })?.source).toBe(
      'imager-pixel-spacing',
    );
  });
});
