/**
 * The page of the scroll benchmark: one step shows the next slice of a 512 × 512 signed 16 bit stack in a 1000 × 1000
 * view, blended, soft tissue window, and waits until its pixels are there (one is read back).
 */
import '@kitware/vtk.js/Rendering/Profiles/Volume';
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray';
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData';
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction';
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction';
import vtkImageMapper from '@kitware/vtk.js/Rendering/Core/ImageMapper';
import vtkImageSlice from '@kitware/vtk.js/Rendering/Core/ImageSlice';
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer';
import vtkRenderWindow from '@kitware/vtk.js/Rendering/Core/RenderWindow';
import vtkOpenGLRenderWindow from '@kitware/vtk.js/Rendering/OpenGL/RenderWindow';
import { createSliceRenderer } from '../../src-renderer/rendering';
import { frameOf } from '../integration/rendering/cases';

const SIZE = 512;
const VIEW = 1000;
const WINDOW = { center: 200, width: 500 };

/** Twelve slices with slopes across the window; all contenders end on about the same level. */
const slices = Array.from({ length: 12 }, (_, slice) =>
  Int16Array.from({ length: SIZE * SIZE }, (_unused, at) => ((at % SIZE) + Math.floor(at / SIZE) + slice * 5) % 400),
);
const slice = (step: number): Int16Array<ArrayBuffer> => slices[step % slices.length] ?? new Int16Array(SIZE * SIZE);

/** Shows one slice and returns when it is drawn; gives the level of a pixel, so that nobody draws nothing. */
type Step = (step: number) => number;

interface Contender {
  readonly step: Step;
  readonly dispose: () => void;
}

function container(): HTMLElement {
  const element = document.createElement('div');
  element.style.cssText = `position:absolute;left:0;top:0;width:${VIEW}px;height:${VIEW}px`;
  document.body.replaceChildren(element);
  return element;
}

function isocenter(painter: 'gpu' | 'processor'): Contender {
  const renderer = createSliceRenderer({ painter });
  const element = container();
  const view = renderer.createView(element);
  const frames = slices.map((samples) => frameOf(samples, SIZE));
  const scale = VIEW / SIZE;
  view.setDisplay({
    voi: { kind: 'window', ...WINDOW, fn: 'LINEAR' },
    isInverted: false,
    interpolation: 'linear',
    canvasFromImage: { a: scale, b: 0, c: 0, d: scale, e: scale / 2, f: scale / 2 },
  });
  return {
    step(step) {
      view.show(frames[step % frames.length] ?? null);
      view.drawNow();
      return levelOf(element.querySelector('canvas'));
    },
    dispose: () => renderer.dispose(),
  };
}

function levelOf(canvas: HTMLCanvasElement | null): number {
  return canvas?.getContext('2d')?.getImageData(VIEW / 2, VIEW / 2, 1, 1).data[0] ?? -1;
}

/** vtk.js as its examples use it: one image, whose scalars are replaced. */
function stockVtk(): Contender {
  const renderWindow = vtkRenderWindow.newInstance();
  const renderer = vtkRenderer.newInstance();
  renderWindow.addRenderer(renderer);
  const glWindow = vtkOpenGLRenderWindow.newInstance();
  glWindow.setContainer(container());
  glWindow.setSize(VIEW, VIEW);
  renderWindow.addView(glWindow);
  const image = vtkImageData.newInstance();
  image.setDimensions([SIZE, SIZE, 1]);
  image.getPointData().setScalars(vtkDataArray.newInstance({ values: slice(0), numberOfComponents: 1 }));
  const mapper = vtkImageMapper.newInstance();
  mapper.setInputData(image);
  const actor = vtkImageSlice.newInstance();
  actor.setMapper(mapper);
  const grey = vtkColorTransferFunction.newInstance();
  grey.addRGBPoint(0, 0, 0, 0);
  grey.addRGBPoint(1, 1, 1, 1);
  const opaque = vtkPiecewiseFunction.newInstance();
  opaque.addPoint(0, 1);
  actor.getProperty().setRGBTransferFunction(0, grey);
  actor.getProperty().setPiecewiseFunction(0, opaque);
  actor.getProperty().setUseLookupTableScalarRange(false);
  actor.getProperty().setColorWindow(WINDOW.width);
  actor.getProperty().setColorLevel(WINDOW.center);
  renderer.addViewProp(actor);
  const camera = renderer.getActiveCamera();
  camera.setParallelProjection(true);
  renderer.resetCamera();
  camera.setParallelScale(SIZE / 2);
  return {
    step(step) {
      const scalars = image.getPointData().getScalars();
      scalars.setData(slice(step));
      image.modified();
      renderWindow.render();
      const middle = VIEW / 2;
      return glWindow.getPixelData(middle, middle, middle, middle)[0] ?? -1;
    },
    dispose: () => glWindow.delete(),
  };
}

/** What a page without any library does: window on the processor at image size, enlarged by the canvas. */
function plainCanvas(): Contender {
  const small = document.createElement('canvas');
  small.width = SIZE;
  small.height = SIZE;
  const large = document.createElement('canvas');
  large.width = VIEW;
  large.height = VIEW;
  container().append(large);
  const from = small.getContext('2d');
  const to = large.getContext('2d', { alpha: false });
  const picture = new ImageData(SIZE, SIZE);
  const pixels = new Uint32Array(picture.data.buffer);
  const factor = 255 / WINDOW.width;
  const low = WINDOW.center - WINDOW.width / 2;
  return {
    step(step) {
      const samples = slice(step);
      for (let at = 0; at < samples.length; at += 1) {
        const light = ((samples[at] ?? 0) - low) * factor;
        const level = light <= 0 ? 0 : light >= 255 ? 255 : light | 0;
        pixels[at] = 0xff000000 | (level << 16) | (level << 8) | level;
      }
      from?.putImageData(picture, 0, 0);
      to?.drawImage(small, 0, 0, VIEW, VIEW);
      return levelOf(large);
    },
    dispose: () => large.remove(),
  };
}

const contenders = {
  'isocenter-gpu': () => isocenter('gpu'),
  'isocenter-processor': () => isocenter('processor'),
  'vtk-image-mapper': stockVtk,
  'canvas-2d': plainCanvas,
} as const;

export type ContenderName = keyof typeof contenders;

export interface ScrollPage {
  /** Milliseconds of each of `steps` steps after three that do not count, and the level last seen. */
  scroll(name: ContenderName, steps: number): Promise<{ readonly times: readonly number[]; readonly level: number }>;
}

declare global {
  interface Window {
    scrollBench: ScrollPage;
  }
}

const WARM_UP = 3;

window.scrollBench = {
  async scroll(name, steps) {
    const contender = contenders[name]();
    const times: number[] = [];
    let level = -1;
    for (let step = 0; step < steps + WARM_UP; step += 1) {
      const start = performance.now();
      level = contender.step(step);
      if (step >= WARM_UP) times.push(performance.now() - start);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    contender.dispose();
    return { times, level };
  },
};
