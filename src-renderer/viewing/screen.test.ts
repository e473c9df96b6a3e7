import { beforeEach, describe, expect, it } from 'vitest';
import { axialStack, projectionContent, stackContent } from '../../tests/support/stackContent';
import { FITTED } from './camera';
import { isPlaying, play } from './cine';
import { historyStore, redo, undo } from './history';
import { activateNext, setActive, setLayout, toggleMaximised, visibleViewports } from './layout';
import { addSecondPatient, assignStack, beginPatient, closePatient, hasSeveralPatients } from './patients';
import { activeViewport, canTurn, screenStore, wantedImage } from './screen';
import { reportShown } from './shown';
import {
  fitImage,
  flip,
  goToImage,
  resetViewport,
  rotate,
  scrollBy,
  setVoi,
  stepAround,
  toggleInvert,
  zoomBy,
} from './viewport';

const viewport = (index: number) => {
  const found = screenStore.getState().viewports[index];
  if (!found) throw new Error('no such viewport');
  return found;
};

beforeEach(() => {
  beginPatient('anna');
});

describe('patients', () => {
  const other = stackContent({ patientKey: 'bert' });

  it('[VIEW10] a stack of another patient is refused', () => {
    expect(() => assignStack('viewport-0', other)).toThrow('explicit act');
    expect(viewport(0).content).toBeNull();
  });

  it('[VIEW10] opening another patient closes the first', () => {
    assignStack('viewport-0', stackContent());
    play('viewport-0', 10);
    beginPatient('bert');
    expect([viewport(0).content, isPlaying('viewport-0'), screenStore.getState().patientKeys]).toEqual([
      null,
      false,
      ['bert'],
    ]);
  });

  it('[VIEW11] a second patient is shown after the explicit act, and the screen says so', () => {
    const before = hasSeveralPatients();
    addSecondPatient('bert');
    assignStack('viewport-0', other);
    expect([before, hasSeveralPatients(), viewport(0).content]).toEqual([false, true, other]);
  });

  it('[VIEW11] closing one of two patients empties only their viewports', () => {
    setLayout({ rows: 1, columns: 2 });
    assignStack('viewport-0', stackContent());
    addSecondPatient('bert');
    assignStack('viewport-1', other);
    closePatient('anna');
    expect([viewport(0).content, viewport(1).content, hasSeveralPatients()]).toEqual([null, other, false]);
  });

  it('[VIEW10] undo never brings a closed patient back', () => {
    assignStack('viewport-0', stackContent());
    beginPatient('bert');
    undo();
    expect([viewport(0).content, historyStore.getState().past]).toEqual([null, []]);
  });
});

describe('layout', () => {
  it.each([
    { rows: 0, columns: 1 },
    { rows: 5, columns: 1 },
    { rows: 2, columns: 1.5 },
  ])('[VIEW5] refuses a grid of %o', (layout) => {
    expect(() => setLayout(layout)).toThrow('1×1 to 4×4');
  });

  it('[VIEW5] the active viewport stays on screen when the grid shrinks', () => {
    setLayout({ rows: 2, columns: 2 });
    assignStack('viewport-3', stackContent());
    setActive('viewport-3');
    setLayout({ rows: 1, columns: 1 });
    expect(visibleViewports().map(({ id, content }) => [id, content?.seriesId])).toEqual([['viewport-0', 1]]);
  });

  it('[VIEW5] what left the screen comes back with a larger grid', () => {
    setLayout({ rows: 1, columns: 2 });
    assignStack('viewport-1', stackContent());
    setLayout({ rows: 1, columns: 1 });
    setLayout({ rows: 1, columns: 2 });
    expect(viewport(1).content?.seriesId).toBe(1);
  });

  it('[VIEW5] maximising shows the active viewport alone, and again the grid', () => {
    setLayout({ rows: 2, columns: 2 });
    setActive('viewport-2');
    toggleMaximised();
    const alone = visibleViewports().map(({ id }) => id);
    toggleMaximised();
    expect([alone, visibleViewports().length]).toEqual([['viewport-2'], 4]);
  });

  it('[VIEW5] the active mark walks around the grid', () => {
    setLayout({ rows: 1, columns: 2 });
    activateNext(-1);
    const last = activeViewport().id;
    activateNext(1);
    expect([last, activeViewport().id]).toEqual(['viewport-1', 'viewport-0']);
  });
});

describe('slices', () => {
  beforeEach(() => {
    assignStack('viewport-0', stackContent({ stack: axialStack(10) }));
  });

  it('[VIEW6] scrolling stops at the ends and remembers its direction', () => {
    scrollBy('viewport-0', 25);
    const end = [viewport(0).imageIndex, viewport(0).direction];
    scrollBy('viewport-0', -3);
    const back = [viewport(0).imageIndex, viewport(0).direction];
    scrollBy('viewport-0', -30);
    expect([end, back, viewport(0).imageIndex]).toEqual([[9, 1], [6, -1], 0]);
  });

  it('[VIEW6] cine goes around', () => {
    goToImage('viewport-0', 9);
    stepAround('viewport-0');
    expect(wantedImage(viewport(0))?.record.instanceNumber).toBe(1);
  });

  it('[VIEW7] reset restores window, camera and inversion and keeps the slice', () => {
    reportShown('viewport-0', { size: { width: 500, height: 500 } });
    goToImage('viewport-0', 4);
    setVoi('viewport-0', { kind: 'explicit', center: 1, width: 2 });
    toggleInvert('viewport-0');
    zoomBy('viewport-0', 2);
    resetViewport('viewport-0');
    expect(viewport(0)).toMatchObject({ imageIndex: 4, voi: { kind: 'default' }, isInverted: false, camera: FITTED });
  });

  it('[VIEW8] undo takes back a window but not the scrolling since', () => {
    setVoi('viewport-0', { kind: 'auto' });
    goToImage('viewport-0', 7);
    undo();
    const undone = [viewport(0).voi.kind, viewport(0).imageIndex];
    redo();
    expect([undone, viewport(0).voi.kind]).toEqual([['default', 7], 'auto']);
  });
});

describe('turning', () => {
  it('[VIEW4] a cross-section is not turned or flipped', () => {
    assignStack('viewport-0', stackContent());
    rotate('viewport-0', 90);
    flip('viewport-0', 'horizontal');
    expect([canTurn(viewport(0)), viewport(0).camera]).toEqual([false, FITTED]);
  });

  it.each(['CR', 'DX', 'MG', 'XA'])('[VIEW4] a projection (%s) is', (modality) => {
    assignStack('viewport-0', projectionContent(modality));
    rotate('viewport-0', 90);
    fitImage('viewport-0');
    expect([canTurn(viewport(0)), viewport(0).camera.rotationDeg]).toEqual([true, 90]);
  });
});
