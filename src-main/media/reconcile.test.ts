import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DirectoryInstance, MediaDirectory } from '../../src-shared/dicom/mediaDirectory';
import { MediaReconciler } from './reconcile';

type FileId = readonly string[];

const reference = (fileId: FileId, sopInstanceUid = ''): DirectoryInstance => ({
  type: 'IMAGE',
  fileId,
  sopInstanceUid,
});

function directoryOf(references: readonly DirectoryInstance[]): MediaDirectory {
  return { fileSetId: '', patients: [], references, recordCounts: new Map(), issues: [] };
}

interface Medium {
  /** Announced, by the DICOMDIR at the top. */
  readonly announced: readonly DirectoryInstance[];
  /** Instances by name, with their UID. */
  readonly instances?: Readonly<Record<string, string>>;
  readonly unreadable?: readonly string[];
  readonly others?: readonly string[];
}

function reconcilerOf({ announced, instances = {}, unreadable = [], others = [] }: Medium): MediaReconciler {
  const reconciler = new MediaReconciler();
  reconciler.addDirectory('DICOMDIR', directoryOf(announced), '');
  for (const [name, sopInstanceUid] of Object.entries(instances)) {
    reconciler.addFile(name, { kind: 'instance', sopInstanceUid });
  }
  for (const name of unreadable) reconciler.addFile(name, { kind: 'unreadable' });
  for (const name of others) reconciler.addFile(name, { kind: 'not-dicom' });
  return reconciler;
}

const countsOf = (reconciler: MediaReconciler) => {
  const [medium] = reconciler.reconciliations();
  if (!medium) throw new Error('no DICOMDIR');
  const { announced, found, unreadable, missing, unlisted } = medium;
  return { announced, found, unreadable, missing, unlisted };
};

describe('reconciling a DICOMDIR with its medium', () => {
  it('counts what is there, what cannot be read, what is missing and what it does not list', () => {
    const reconciler = reconcilerOf({
      announced: [
        ['D', 'A'],
        ['D', 'B'],
        ['D', 'C'],
        ['D', 'E'],
      ].map((id) => reference(id)),
      instances: { 'D/A': '1', 'D/X': '9', Y: '8' },
      unreadable: ['D/B', 'Z'],
      others: ['D/C', 'README'],
    });
    expect(reconciler.reconciliations()).toEqual([
      { path: 'DICOMDIR', announced: 4, found: 1, unreadable: 2, missing: 1, unlisted: 2, issues: [] },
    ]);
    expect(reconciler.missing()).toEqual([
      { path: 'D/E', reason: 'The DICOMDIR announces this file, and it is not there.' },
    ]);
  });

  it.each([
    ['lower case', 'dicom/im1'],
    ['a version', 'DICOM/IM1;1'],
    ['a dot and a version', 'DICOM/IM1.;1'],
    ['an extension', 'DICOM/IM1.dcm'],
    ['all of it', 'dicom./im1.DCM;2'],
  ])('finds a file whose name on the disk has %s, and says so', (_what, name) => {
    const reconciler = reconcilerOf({ announced: [reference(['DICOM', 'IM1'])], instances: { [name]: '1' } });
    expect(countsOf(reconciler)).toMatchObject({ found: 1, missing: 0, unlisted: 0 });
    expect(reconciler.reconciliations()[0]?.issues).toEqual([
      '1 file name differs from the DICOMDIR in case, version or extension.',
    ]);
  });

  it('takes the file that fits best, whatever the order in which they are met', () => {
    const announced = [reference(['im1'], '2'), reference(['IM1'], '1')];
    const reconciler = reconcilerOf({ announced, instances: { 'im1.dcm': '3', im1: '2', IM1: '1' } });
    expect(reconciler.reconciliations()).toMatchObject([{ found: 2, unlisted: 1, issues: [] }]);
  });

  it.each<[string, FileId]>([
    ['above its folder', ['..', 'SECRET']],
    ['above its folder on the way', ['D', '..', '..', 'SECRET']],
    ['above its folder, in one component', ['../SECRET']],
    ['with backslashes in a component', ['D\\..\\..\\SECRET']],
    ['at the root of the system', ['/SECRET']],
    ['at the root, as an empty component', ['', 'SECRET']],
    ['on a drive', ['C:', 'SECRET']],
    ['in a stream of a file', ['SECRET:stream']],
    ['that no system can open', ['SECRET\0']],
    ['that is its own folder', ['.', 'SECRET']],
    ['that is nothing', ['']],
  ])('finds nothing %s', (_what, fileId) => {
    const reconciler = reconcilerOf({ announced: [reference(fileId)], instances: { SECRET: '1', 'D/SECRET': '2' } });
    expect(reconciler.reconciliations()).toEqual([
      {
        ...{ path: 'DICOMDIR', announced: 1, found: 0, unreadable: 0, missing: 1, unlisted: 2 },
        issues: ['1 announced file has a place outside the medium; none was opened there.'],
      },
    ]);
    expect(reconciler.missing()[0]?.path).not.toMatch(/\p{C}/u);
  });

  it('says where a file lies that was moved, and still counts it as missing', () => {
    const reconciler = reconcilerOf({ announced: [reference(['A'], '1.2')], instances: { 'In/A': '1.2' } });
    expect(reconciler.reconciliations()).toMatchObject([
      { found: 0, missing: 1, unlisted: 1, issues: ['1 announced file lies elsewhere than the DICOMDIR says.'] },
    ]);
    expect(reconciler.missing()).toEqual([
      { path: 'A', reason: 'The DICOMDIR announces this file here, and it lies elsewhere: In/A' },
    ]);
  });

  it('says when a file holds another instance, or is announced again', () => {
    const announced = [reference(['A'], '1.2'), reference(['A'], '1.3')];
    const reconciler = reconcilerOf({ announced, instances: { A: '1.2' } });
    expect(reconciler.reconciliations()).toEqual([
      {
        ...{ path: 'DICOMDIR', announced: 2, found: 2, unreadable: 0, missing: 0, unlisted: 0 },
        issues: ['1 file holds another instance than the DICOMDIR announces.', '1 file is announced more than once.'],
      },
    ]);
  });

  it('keeps what a DICOMDIR lists to its own folder', () => {
    const reconciler = new MediaReconciler();
    for (const disc of ['CD1/', 'CD2/']) {
      reconciler.addDirectory(`${disc}DICOMDIR`, directoryOf([reference(['A'])]), '');
    }
    reconciler.addFile('CD1/A', { kind: 'instance', sopInstanceUid: '1' });
    reconciler.addFile('CD2/B', { kind: 'instance', sopInstanceUid: '2' });
    expect(reconciler.reconciliations()).toMatchObject([
      { path: 'CD1/DICOMDIR', found: 1, missing: 0, unlisted: 0 },
      { path: 'CD2/DICOMDIR', found: 0, missing: 1, unlisted: 1 },
    ]);
  });

  it('lets directories inside a file-set begin where its DICOMDIR lies', () => {
    const reconciler = new MediaReconciler();
    reconciler.addDirectory('In/DICOMDIR', directoryOf([reference(['S1', 'DIRFILE'])]), '');
    reconciler.addDirectory('In/S1/DIRFILE', directoryOf([reference(['S1', 'I1'])]), '');
    reconciler.addFile('In/S1/I1', { kind: 'instance', sopInstanceUid: '1' });
    expect(reconciler.reconciliations()).toMatchObject([
      { found: 1, missing: 0, unlisted: 1 },
      { found: 1, missing: 0, unlisted: 0 },
    ]);
  });

  it('has only the reason of a DICOMDIR that cannot be read', () => {
    const reconciler = new MediaReconciler();
    reconciler.addFile('A', { kind: 'instance', sopInstanceUid: '1' });
    reconciler.addDirectory('DICOMDIR', null, 'The file ends early.');
    expect(reconciler.reconciliations()).toEqual([
      {
        path: 'DICOMDIR',
        announced: 0,
        found: 0,
        unreadable: 0,
        missing: 0,
        unlisted: 1,
        issues: ['The file ends early.'],
      },
    ]);
  });

  it('adds up, and is the same whether files or the DICOMDIR come first', () => {
    const name = fc.stringMatching(/^[a-bA-B](\.dcm|;1|\.)?$/);
    const fate = fc.constantFrom('instance', 'unreadable', 'not-dicom');
    const files = fc.uniqueArray(fc.record({ name, fate }), { selector: (file) => file.name, maxLength: 12 });
    fc.assert(
      fc.property(files, fc.array(fc.array(name, { maxLength: 2 }), { maxLength: 12 }), (present, ids) => {
        const steps = present.map(({ name: at, fate: kind }) => (reconciler: MediaReconciler) => {
          if (kind === 'instance') reconciler.addFile(at, { kind, sopInstanceUid: at });
          else if (kind !== 'not-dicom') reconciler.addFile(at, { kind: 'unreadable' });
          else reconciler.addFile(at, { kind });
        });
        const announce = (reconciler: MediaReconciler) => {
          reconciler.addDirectory('DICOMDIR', directoryOf(ids.map((id) => reference(id))), '');
        };
        const [first, last] = [new MediaReconciler(), new MediaReconciler()];
        for (const step of [announce, ...steps]) step(first);
        for (const step of [...steps, announce]) step(last);
        expect(first.reconciliations()).toEqual(last.reconciliations());
        const counts = countsOf(first);
        expect(counts.found + counts.unreadable + counts.missing).toBe(counts.announced);
        const instances = present.filter(({ fate: kind }) => kind === 'instance').length;
        expect(counts.unlisted).toBeGreaterThanOrEqual(instances - counts.found);
        expect(counts.unlisted).toBeLessThanOrEqual(instances);
      }),
    );
  });
});
