/**
 * The vtk.js side of drawing a slice: one render window with one WebGL 2 context, a renderer, and in it one prop whose
 * view node draws the slice in vtk.js's opaque pass, with a program from vtk.js's shader cache.
 *
 * vtk.js has no types for view nodes and shader programs (37.4.3); what is used of them is written down here.
 */
import '@kitware/vtk.js/Rendering/OpenGL/Camera';
import '@kitware/vtk.js/Rendering/OpenGL/Renderer';
import macro from '@kitware/vtk.js/macros';
import vtkProp from '@kitware/vtk.js/Rendering/Core/Prop';
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer';
import vtkRenderWindow from '@kitware/vtk.js/Rendering/Core/RenderWindow';
import vtkOpenGLRenderWindow from '@kitware/vtk.js/Rendering/OpenGL/RenderWindow';
import { registerOverride } from '@kitware/vtk.js/Rendering/OpenGL/ViewNodeFactory';
import vtkViewNode from '@kitware/vtk.js/Rendering/SceneGraph/ViewNode';
import type { Disposable } from '../../src-shared/base/disposable';

/** What is used of vtkShaderProgram. */
export interface ShaderProgram {
  setUniformi(name: string, value: number): boolean;
  setUniformf(name: string, value: number): boolean;
  setUniform2f(name: string, x: number, y: number): boolean;
  setUniform3f(name: string, x: number, y: number, z: number): boolean;
}

interface ShaderCache {
  readyShaderProgramArray(vertex: string, fragment: string, geometry: string): ShaderProgram | null;
  readyShaderProgram(program: ShaderProgram): ShaderProgram | null;
}

/** What is used of vtkOpenGLRenderWindow beyond its published types. */
interface OpenGlWindow {
  getShaderCache(): ShaderCache;
  getContext(): WebGL2RenderingContext;
  setSize(width: number, height: number): boolean;
  traverseAllPasses(): void;
  delete(): void;
}

/** Draws inside vtk.js's opaque pass. */
export type SliceDrawing = (gl: WebGL2RenderingContext, shaders: ShaderCache) => void;

interface SliceProp {
  draw: SliceDrawing | null;
}

interface ViewNodeApi {
  queryPass?: (prepass: boolean, pass: { incrementOpaqueActorCount(): void }) => void;
  opaquePass?: (prepass: boolean) => void;
  getLastAncestorOfType(type: string): OpenGlWindow;
  getRenderable(): { getSliceProp(): SliceProp };
}

interface VtkModel {
  classHierarchy: string[];
}

const CLASS_NAME = 'isocenterSliceProp';

const newSliceProp = macro.newInstance((publicApi, model) => {
  vtkProp.extend(publicApi, model);
  (model as VtkModel).classHierarchy.push(CLASS_NAME);
  const sliceProp: SliceProp = { draw: null };
  Object.assign(publicApi, { getSliceProp: () => sliceProp, getBounds: () => null });
}, CLASS_NAME) as () => { getSliceProp(): SliceProp };

const newSliceNode = macro.newInstance((publicApi, model) => {
  vtkViewNode.extend(publicApi, model);
  (model as VtkModel).classHierarchy.push('isocenterOpenGLSliceProp');
  const api = publicApi as ViewNodeApi;
  api.queryPass = (prepass, pass) => {
    if (prepass) pass.incrementOpaqueActorCount();
  };
  api.opaquePass = (prepass) => {
    if (!prepass) return;
    const glWindow = api.getLastAncestorOfType('vtkOpenGLRenderWindow');
    api.getRenderable().getSliceProp().draw?.(glWindow.getContext(), glWindow.getShaderCache());
  };
}, 'isocenterOpenGLSliceProp') as () => unknown;

registerOverride(CLASS_NAME, newSliceNode);

/** One context, drawn into by one caller at a time. */
export interface VtkScene extends Disposable {
  readonly gl: WebGL2RenderingContext;
  /** Runs vtk.js's passes with `drawing`; the picture is `width × height` device pixels in the canvas's lower left corner. */
  render(size: { readonly width: number; readonly height: number }, drawing: SliceDrawing): void;
}

/** `canvas` must already have its WebGL 2 context, with the attributes it is to keep. */
export function createVtkScene(canvas: HTMLCanvasElement): VtkScene {
  const renderWindow = vtkRenderWindow.newInstance();
  const renderer = vtkRenderer.newInstance();
  renderer.setBackground([0, 0, 0]);
  renderWindow.addRenderer(renderer);
  const glWindow = vtkOpenGLRenderWindow.newInstance({ canvas }) as unknown as OpenGlWindow;
  renderWindow.addView(glWindow);
  const prop = newSliceProp();
  renderer.addActor(prop as unknown as Parameters<typeof renderer.addActor>[0]);
  const full = { width: 1, height: 1 };

  const render: VtkScene['render'] = ({ width, height }, drawing) => {
    if (width > full.width || height > full.height) {
      full.width = Math.max(full.width, width);
      full.height = Math.max(full.height, height);
      glWindow.setSize(full.width, full.height);
    }
    renderer.setViewport(0, 0, width / full.width, height / full.height);
    prop.getSliceProp().draw = drawing;
    glWindow.traverseAllPasses();
    prop.getSliceProp().draw = null;
  };

  render({ width: 2, height: 2 }, () => undefined);
  return {
    gl: glWindow.getContext(),
    render,
    dispose() {
      renderWindow.removeRenderer(renderer);
      renderWindow.removeView(glWindow);
      glWindow.delete();
      renderWindow.delete();
    },
  };
}
