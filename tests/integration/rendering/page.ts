/** The page in which the rendering test draws; its functions are called from outside. */
import { createSliceRenderer, type SliceRenderer, type SliceView } from '../../../src-renderer/rendering';
import { cases, frameOf, type RenderingCase } from './cases';

export interface Picture {
  readonly kind: string;
  readonly width: number;
  readonly height: number;
  /** Base64 of RGBA bytes, top row first. */
  readonly rgba: string;
}

export interface RenderingPage {
  /** Every case through one view of one renderer, so that each follows on another. */
  drawCases(painter: 'gpu' | 'processor'): readonly Picture[];
  /** How many WebGL contexts 20 views take, and whether each shows its own level. */
  manyViews(): Promise<{ contexts: number; levels: readonly number[] }>;
  /** Level shown and identity before, and after the WebGL context was lost. */
  loseContext(): Promise<readonly { kind: string; level: number; uid: string | null }[]>;
  /** Pixel sizes and the level at the centre after the container grew. */
  grow(): readonly { width: number; height: number; level: number }[];
  /** What is seen before a frame, with it, and after it was taken away. */
  showAndClear(): readonly { level: number; uid: string | null }[];
  /** Milliseconds of UI thread per step of a scrolled 512 × 512 stack, each step drawn. */
  scroll(steps: number, size: number, painter: 'gpu' | 'processor'): Promise<readonly number[]>;
  /** Who draws when nobody says who should, and what then is shown of level 42. */
  automatic(): { kind: string; level: number };
  glInfo(): { renderer: string; hasNorm16: boolean };
}

declare global {
  interface Window {
    rendering: RenderingPage;
  }
}

let contexts = 0;
let lastContext: WebGL2RenderingContext | null = null;
const getContext = Reflect.get(HTMLCanvasElement.prototype, 'getContext') as (...args: unknown[]) => unknown;
HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, options?: unknown) {
  const result = Reflect.apply(getContext, this, [kind, options]);
  if (kind === 'webgl2' && result instanceof WebGL2RenderingContext && result !== lastContext) {
    contexts += 1;
    lastContext = result;
  }
  return result;
} as typeof HTMLCanvasElement.prototype.getContext;

function container(width: number, height: number): HTMLElement {
  const element = document.createElement('div');
  element.style.cssText = `position:absolute;left:0;top:0;width:${width}px;height:${height}px`;
  document.body.append(element);
  return element;
}

function inView<T>(
  renderer: SliceRenderer,
  { width, height }: { width: number; height: number },
  use: (view: SliceView) => T,
): T {
  const element = container(width, height);
  const view = renderer.createView(element);
  const result = use(view);
  view.dispose();
  element.remove();
  return result;
}

function picture(renderer: SliceRenderer, one: RenderingCase): Picture {
  return inView(renderer, one, (view) => {
    view.show(one.frame);
    view.setDisplay(one.display);
    const { width, height, rgba } = view.readPixels();
    return { kind: renderer.kind, width, height, rgba: btoa(String.fromCharCode(...rgba)) };
  });
}

const wholeRange = {
  voi: { kind: 'window', center: 128, width: 256, fn: 'LINEAR' },
  isInverted: false,
  interpolation: 'linear',
  canvasFromImage: { a: 100, b: 0, c: 0, d: 100, e: 20, f: 20 },
} as const;

const flat = (level: number) => frameOf(new Uint8Array(4).fill(level), 2);

function centreLevel(view: SliceView): number {
  const { width, height, rgba } = view.readPixels();
  return rgba[(Math.floor(height / 2) * width + Math.floor(width / 2)) * 4] ?? -1;
}

const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));

window.rendering = {
  drawCases(painter) {
    const renderer = createSliceRenderer({ painter });
    const pictures = cases.map((one) => picture(renderer, one));
    renderer.dispose();
    return pictures;
  },

  async manyViews() {
    const before = contexts;
    const renderer = createSliceRenderer({ painter: 'gpu' });
    const views = Array.from({ length: 20 }, (_, index) => {
      const view = renderer.createView(container(40 + index, 60 - index));
      view.show(flat(index * 12));
      view.setDisplay(wholeRange);
      return view;
    });
    await nextFrame();
    await nextFrame();
    const levels = views.map(centreLevel);
    renderer.dispose();
    return { contexts: contexts - before, levels };
  },

  async loseContext() {
    const renderer = createSliceRenderer({ painter: 'gpu' });
    const view = renderer.createView(container(50, 50));
    view.show(flat(99));
    view.setDisplay(wholeRange);
    const seen = [{ kind: renderer.kind, level: centreLevel(view), uid: view.shownSopInstanceUid() }];
    for (let loss = 0; loss < 4; loss += 1) {
      lastContext?.getExtension('WEBGL_lose_context')?.loseContext();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await nextFrame();
      seen.push({ kind: renderer.kind, level: centreLevel(view), uid: view.shownSopInstanceUid() });
    }
    renderer.dispose();
    return seen;
  },

  grow() {
    const renderer = createSliceRenderer({ painter: 'gpu' });
    const element = container(50, 40);
    const view = renderer.createView(element);
    view.show(flat(200));
    view.setDisplay(wholeRange);
    const sizes = [];
    for (const size of [50, 300, 120]) {
      element.style.width = `${size}px`;
      view.resize();
      const { width, height } = view.readPixels();
      sizes.push({ width, height, level: centreLevel(view) });
    }
    renderer.dispose();
    return sizes;
  },

  showAndClear() {
    const renderer = createSliceRenderer({ painter: 'gpu' });
    const view = renderer.createView(container(50, 50));
    const look = () => ({ level: centreLevel(view), uid: view.shownSopInstanceUid() });
    const seen = [look()];
    view.setDisplay(wholeRange);
    view.show(flat(150));
    seen.push(look());
    view.show(null);
    seen.push(look());
    renderer.dispose();
    return seen;
  },

  async scroll(steps, size, painter) {
    const renderer = createSliceRenderer({ painter });
    const element = container(size, size);
    const view = renderer.createView(element);
    const scale = size / 512;
    const frames = Array.from({ length: 16 }, (_, index) => frameOf(new Int16Array(512 * 512).fill(index * 10), 512));
    view.setDisplay({
      ...wholeRange,
      canvasFromImage: { a: scale, b: 0, c: 0, d: scale, e: scale / 2, f: scale / 2 },
    });
    const times: number[] = [];
    for (let step = 0; step < steps; step += 1) {
      const start = performance.now();
      view.show(frames[step % frames.length] ?? null);
      centreLevel(view);
      times.push(performance.now() - start);
      await nextFrame();
    }
    renderer.dispose();
    element.remove();
    return times;
  },

  automatic() {
    const renderer = createSliceRenderer();
    const view = renderer.createView(container(50, 50));
    view.show(flat(42));
    view.setDisplay(wholeRange);
    const seen = { kind: renderer.kind, level: centreLevel(view) };
    renderer.dispose();
    return seen;
  },

  glInfo() {
    const gl = document.createElement('canvas').getContext('webgl2');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    const renderer: unknown = info ? gl?.getParameter(info.UNMASKED_RENDERER_WEBGL) : '';
    const hasNorm16 = Boolean(gl?.getExtension('EXT_texture_norm16'));
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
    return { renderer: String(renderer), hasNorm16 };
  },
};
