import path from 'node:path';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { layerProblem, layersRule } from './layersRule.js';
import { layers } from './layerTable.js';

const root = path.resolve(import.meta.dirname, '../..');
const at = (file: string) => path.join(root, file);

describe('layer rule', () => {
  it.each([
    ['src-shared/geometry/plane.ts', '../base/assert'],
    ['src-shared/dataset/read.ts', '../dicom/uid'],
    ['src-main/services/library.ts', '../store'],
    ['src-main/hosts/node/main.ts', '../../compose/services'],
    ['src-main/hosts/electron/boot.ts', 'electron'],
    ['src-renderer/features/library/index.ts', '../../viewing/layout'],
    ['src-renderer/features/library/table/Row.tsx', '../sorting'],
    ['src-renderer/app/App.tsx', '../features/library'],
    ['src-renderer/rendering/sliceView.ts', '@kitware/vtk.js/Rendering/Core/ImageMapper'],
    ['src-renderer/viewing/layout.test.ts', '../../tests/support/decodedFrame'],
    ['src-main/store/database.ts', 'node:sqlite'],
    ['vitest.config.ts', 'node:path'],
  ])('%s may import %s', (file, source) => {
    expect(layerProblem(at(file), source)).toBeUndefined();
  });

  it.each([
    ['src-shared/base/assert.ts', '../geometry/plane', 'ground floor'],
    ['src-shared/dicom/uid.ts', '../dataset/read', 'reading bytes belongs to dataset'],
    ['src-shared/dicom/uid.ts', 'node:fs', 'sandboxed browser without Node'],
    ['src-main/store/database.ts', '../media/walk', 'where they came from'],
    ['src-main/services/library.ts', '../hosts/node/main', 'know no host'],
    ['src-main/services/library.ts', 'electron', 'must run without Electron'],
    ['src-main/hosts/node/main.ts', '../electron/boot', 'never the other host'],
    ['src-main/hosts/node/main.ts', '../../services/library', 'through compose'],
    ['src-main/cli/main.ts', '../hosts/node/main', 'through compose'],
    ['src-preload/index.ts', '../src-main/compose/platform', 'hands the page its ports'],
    ['src-renderer/viewing/layout.ts', 'react', 'free of React'],
    ['src-renderer/viewing/layout.ts', '../host', 'no services, no pixels'],
    ['src-renderer/imaging/cache.ts', '../viewing/layout', 'never asks the view'],
    ['src-renderer/features/viewer2d/Canvas.tsx', '@kitware/vtk.js/Rendering/Core/Renderer', 'only importer of vtk.js'],
    ['src-renderer/features/viewer2d/index.ts', '../library', 'never imports another feature'],
    ['src-renderer/app/App.tsx', '../features/library/Table', 'index.ts only'],
    ['src-renderer/ui/Button.tsx', '../../src-shared/dicom/uid', 'without any DICOM word'],
    ['src-renderer/host/index.ts', 'node:path', 'without Node'],
  ])('%s may not import %s', (file, source, lesson) => {
    expect(layerProblem(at(file), source)).toContain(lesson);
  });

  it('teaches in every row', () => {
    expect(layers.filter((layer) => layer.why.length < 20)).toEqual([]);
  });
});

RuleTester.describe = describe;
RuleTester.it = it;
const tester = new RuleTester({ languageOptions: { parser: tseslint.parser } });
const filename = at('src-renderer/viewing/layout.ts');

tester.run('house/layers sees every form of import', layersRule, {
  valid: [{ filename, code: "import type { Vector3 } from '../../src-shared/geometry/vectors';" }],
  invalid: [
    "import { services } from '../host';",
    "import type { services } from '../host';",
    "export { services } from '../host';",
    "export * from '../host';",
    "void import('../host');",
  ].map((code) => ({ filename, code, errors: [{ messageId: 'layer' }] })),
});
