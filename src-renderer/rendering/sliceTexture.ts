/** The samples of one view on the GPU, in the format they have: never scaled, never filtered. */
import type { Disposable } from '../../src-shared/base/disposable';
import { present } from '../../src-shared/base/assert';
import type { SampleArray } from '../imaging/types';
import type { SamplerType } from './sliceShader';
import type { SampleSource } from './tone';

interface TextureFormat {
  readonly internal: number;
  readonly format: number;
  readonly type: number;
  readonly sampler: SamplerType;
}

function formatFor(gl: WebGL2RenderingContext, { kind, samples }: SampleSource): TextureFormat {
  if (kind === 'colour') {
    return { internal: gl.RGB8UI, format: gl.RGB_INTEGER, type: gl.UNSIGNED_BYTE, sampler: 'usampler2D' };
  }
  const format = gl.RED_INTEGER;
  if (samples instanceof Uint8Array) {
    return { internal: gl.R8UI, format, type: gl.UNSIGNED_BYTE, sampler: 'usampler2D' };
  }
  if (samples instanceof Int8Array) return { internal: gl.R8I, format, type: gl.BYTE, sampler: 'isampler2D' };
  if (samples instanceof Uint16Array) {
    return { internal: gl.R16UI, format, type: gl.UNSIGNED_SHORT, sampler: 'usampler2D' };
  }
  if (samples instanceof Int16Array) return { internal: gl.R16I, format, type: gl.SHORT, sampler: 'isampler2D' };
  if (samples instanceof Uint32Array) {
    return { internal: gl.R32UI, format, type: gl.UNSIGNED_INT, sampler: 'usampler2D' };
  }
  if (samples instanceof Int32Array) return { internal: gl.R32I, format, type: gl.INT, sampler: 'isampler2D' };
  return { internal: gl.R32F, format: gl.RED, type: gl.FLOAT, sampler: 'sampler2D' };
}

/** A texture that is filled again in place when the next frame has the same size and type. */
export interface SliceTexture extends Disposable {
  /** Puts the samples there, unless they are there already, and binds the texture to the first unit. */
  bind(source: SampleSource): SamplerType;
}

export function createSliceTexture(gl: WebGL2RenderingContext): SliceTexture {
  let texture: WebGLTexture | null = null;
  let shape = '';
  let uploaded: SampleArray | null = null;

  const allocate = ({ internal }: TextureFormat, { rows, columns }: SampleSource): void => {
    gl.deleteTexture(texture);
    texture = present(gl.createTexture(), 'a texture');
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, internal, columns, rows);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    }
  };

  return {
    bind(source) {
      const format = formatFor(gl, source);
      const wanted = `${format.internal} ${source.columns} ${source.rows}`;
      gl.activeTexture(gl.TEXTURE0);
      if (wanted === shape) gl.bindTexture(gl.TEXTURE_2D, texture);
      else allocate(format, source);
      if (wanted !== shape || uploaded !== source.samples) {
        gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
        const { columns, rows, samples } = source;
        gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, columns, rows, format.format, format.type, samples);
      }
      shape = wanted;
      uploaded = source.samples;
      return format.sampler;
    },
    dispose() {
      gl.deleteTexture(texture);
      texture = null;
      shape = '';
      uploaded = null;
    },
  };
}
