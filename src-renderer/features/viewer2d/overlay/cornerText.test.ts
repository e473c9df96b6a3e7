import { describe, expect, it } from 'vitest';
import { present } from '../../../../src-shared/base/assert';
import { instanceRecord, projectionContent, seriesRecord, stackContent } from '../../../../tests/support/stackContent';
import type { OverlayLevel } from '../../../viewing/preferences';
import type { StackContent } from '../../../viewing/screen';
import {
  issueLines,
  lossyMark,
  sliceLines,
  topLeftLines,
  topRightLines,
  type Described,
  type Line,
} from './cornerText';
import { patientPosition } from './ProbeReadout';

const described = (level: OverlayLevel, content: StackContent = stackContent()): Described => ({
  content,
  image: present(content.stack.images[3] ?? content.stack.images[0], 'an image'),
  level,
});
const kinds = (lines: readonly Line[]) => lines.map(({ kind }) => kind);

describe('corner text', () => {
  it.each<OverlayLevel>(['full', 'minimal', 'off'])(
    '[VIEW23] identity and laterality are there at level %s',
    (level) => {
      const base = projectionContent('MG');
      const right = { ...base, series: { ...base.series, laterality: 'R' } };
      const lines = topLeftLines(described(level, right));
      expect(kinds(lines)).toEqual(expect.arrayContaining(['name', 'patient-id', 'laterality']));
    },
  );

  it('[VIEW23] the side of the image wins over that of its series', () => {
    const base = projectionContent('MG');
    const content = { ...base, series: { ...seriesRecord, laterality: 'R' } };
    const image = {
      ...described('off', base).image,
      record: { ...instanceRecord, laterality: 'L', viewPosition: 'MLO' },
    };
    expect(topLeftLines({ content, image, level: 'off' }).find(({ kind }) => kind === 'laterality')?.text).toBe(
      'LEFT · MLO',
    );
  });

  it('[VIEW23] off leaves nothing else', () => {
    expect([...topRightLines(described('off')), ...sliceLines(described('off'), 3)]).toEqual([]);
  });

  it('[VIEW24] slice and position are those of the image', () => {
    expect(sliceLines(described('full'), 3).map(({ text }) => text)).toEqual([
      'Pos 6\u2009mm · Thk 1\u2009mm',
      'Im 4 / 10',
    ]);
  });

  it('[VIEW24] says why a series was split', () => {
    const base = stackContent();
    const split = { ...base, stack: { ...base.stack, label: 'TE 20 ms', splitBy: ['echo' as const] } };
    expect(topRightLines(described('full', split)).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['TE 20 ms', 'Split by echo']),
    );
  });

  it('[VIEW24] imperfections of the geometry are on the image, each once', () => {
    const tilt = { code: 'tilt', message: 'Tilted 20°' };
    const base = stackContent();
    const image = { ...described('off').image, record: { ...instanceRecord, issues: [tilt] } };
    const content = { ...base, stack: { ...base.stack, issues: [tilt] } };
    expect(issueLines({ content, image, level: 'off' }).map(({ text }) => text)).toEqual(['Tilted 20°']);
  });

  it.each([
    [null, ''],
    [[], 'Lossy, ratio unknown'],
    [[12], 'Lossy 12 : 1'],
    [[2, 5], 'Lossy 2 : 1, 5 : 1'],
  ])('[VIEW25] lossy ratios %o read "%s"', (ratios, expected) => {
    expect(lossyMark(ratios)).toBe(expected);
  });

  it('[VIEW20] a position is said toward the sides of the patient', () => {
    expect(patientPosition([-12.34, 40, 0])).toBe('R 12.3  P 40.0  H 0.0\u2009mm');
  });
});
