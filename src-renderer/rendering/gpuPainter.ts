/** Draws slices with vtk.js in one WebGL 2 context for all views, and copies each picture into its view's canvas. */
import { AppError } from '../../src-shared/base/appError';
import type { DrawPlan, Raster } from './drawPlan';
import type { Painter } from './painter';
import { createProcessorPainter } from './processorPainter';
import { fragmentShader, VERTEX_SHADER, type SamplerType } from './sliceShader';
import { createSliceTexture, type SliceTexture } from './sliceTexture';
import { createVtkScene, type ShaderProgram } from './vtkScene';

const CURVE_KINDS = { ramp: 0, step: 1, sigmoid: 2 } as const;

export interface GpuPainter extends Painter {
  /** WebGL is there, but a processor does its work. */
  readonly isSoftware: boolean;
}

/** `onLost` is called once if the context goes; the painter is then of no use any more. */
export function createGpuPainter(onLost: () => void): GpuPainter {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: true,
    powerPreference: 'high-performance',
  });
  if (!gl) {
    throw new AppError(
      'gpu/unavailable',
      'The graphics processor cannot be used (no WebGL 2); images are drawn by the processor, more slowly.',
    );
  }
  canvas.addEventListener('webglcontextlost', onLost, { once: true });
  const scene = createVtkScene(canvas);
  const largestTexture = Number(gl.getParameter(gl.MAX_TEXTURE_SIZE));
  const forLargeImages = createProcessorPainter();
  const textures = new Map<number, SliceTexture>();
  const programs = new Map<string, ShaderProgram>();

  const textureOf = (slot: number): SliceTexture => {
    const texture = textures.get(slot) ?? createSliceTexture(scene.gl);
    textures.set(slot, texture);
    return texture;
  };

  return {
    kind: 'gpu',
    isSoftware: isSoftwareGl(gl),
    paint(slot, target, plan, raster) {
      if (Math.max(plan.source.columns, plan.source.rows) > largestTexture) {
        forLargeImages.paint(slot, target, plan, raster);
        return;
      }
      scene.render(raster, (context, shaders) => {
        const sampler = textureOf(slot).bind(plan.source);
        const program = readyProgram(shaders, programs, { sampler, kind: plan.source.kind });
        setUniforms(program, plan, raster);
        context.disable(context.DEPTH_TEST);
        context.disable(context.BLEND);
        context.drawArrays(context.TRIANGLES, 0, 3);
        context.enable(context.BLEND);
        context.enable(context.DEPTH_TEST);
      });
      const { width, height } = raster;
      target.drawImage(canvas, 0, canvas.height - height, width, height, 0, 0, width, height);
    },
    release(slot) {
      forLargeImages.release(slot);
      textures.get(slot)?.dispose();
      textures.delete(slot);
    },
    dispose() {
      canvas.removeEventListener('webglcontextlost', onLost);
      for (const texture of textures.values()) texture.dispose();
      textures.clear();
      forLargeImages.dispose();
      scene.dispose();
      gl.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}

type ShaderCache = Parameters<Parameters<ReturnType<typeof createVtkScene>['render']>[1]>[1];

function readyProgram(
  shaders: ShaderCache,
  programs: Map<string, ShaderProgram>,
  { sampler, kind }: { readonly sampler: SamplerType; readonly kind: 'grey' | 'colour' },
): ShaderProgram {
  const key = `${sampler} ${kind}`;
  const known = programs.get(key);
  const program = known
    ? shaders.readyShaderProgram(known)
    : shaders.readyShaderProgramArray(VERTEX_SHADER, fragmentShader(sampler, kind), '');
  if (!program) throw new AppError('gpu/unavailable', 'The graphics driver did not accept the image shader.');
  programs.set(key, program);
  return program;
}

function setUniforms(program: ShaderProgram, plan: DrawPlan, raster: Raster): void {
  const { imageFromDevice: map, curve, padding } = plan;
  program.setUniformi('samples', 0);
  program.setUniform3f('columnFromDevice', map.a, map.c, map.e);
  program.setUniform3f('rowFromDevice', map.b, map.d, map.f);
  program.setUniformf('viewHeight', raster.height);
  program.setUniformi('isLinear', plan.isLinear ? 1 : 0);
  program.setUniformi('taps', plan.taps);
  program.setUniformi('isInverted', plan.isInverted ? 1 : 0);
  if (plan.source.kind === 'colour') return;
  program.setUniformi('curveKind', CURVE_KINDS[curve.kind]);
  program.setUniform3f('curve', curve.pivot, curve.scale, curve.offset);
  program.setUniform2f('padding', padding?.min ?? 1, padding?.max ?? 0);
}

/** By the names that Chromium's and Mesa's software renderers and Windows' basic driver give themselves. */
function isSoftwareGl(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  return /swiftshader|llvmpipe|softpipe|basic render/i.test(String(name));
}
