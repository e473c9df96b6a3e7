/**
 * The compiled codecs of the package dcmjs-codecs 0.0.8 (libjpeg, CharLS, OpenJPEG as one WebAssembly module), reached
 * through the module's own exports: the package's JavaScript is not used, because it loads the module with `eval`, which
 * a content security policy forbids, keeps one global instance and brings a second data set reader.
 *
 * After any failure the instance is thrown away: the module's stack was never unwound, and a decoder that survived a
 * damaged frame has been measured to give a wrong picture for the next good one.
 */
import { KernelError, kernelImports } from './imports';
import { compileWasm, instantiateWasm, type WasmMemory, type WasmModule } from './webAssembly';

export type KernelEntry = 'DecodeJpeg' | 'DecodeJpegLs' | 'DecodeJpeg2000';

/** What the module is told before, and tells after, decoding one frame. */
export interface KernelImage {
  readonly columns: number;
  readonly rows: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly samplesPerPixel: number;
  readonly isSigned: boolean;
}

export interface KernelPicture extends KernelImage {
  readonly isPlanar: boolean;
  /** What the decoder noticed to be wrong and painted over, or `null`. */
  readonly damage: string | null;
  /** A copy: nothing of the module's memory leaves it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface Kernel {
  /** @throws KernelError when the codestream cannot be decoded. */
  decode(entry: KernelEntry, image: KernelImage, codestream: Uint8Array): Promise<KernelPicture>;
  dispose(): void;
}

type Getter = (context: number) => number;
type Setter = (context: number, value: number) => void;

interface KernelExports {
  readonly memory: WasmMemory;
  readonly _initialize: () => void;
  readonly CreateCodecsContext: () => number;
  readonly ReleaseCodecsContext: (context: number) => void;
  readonly CreateDecoderParameters: () => number;
  readonly ReleaseDecoderParameters: (parameters: number) => void;
  readonly SetConvertColorspaceToRgb: Setter;
  readonly SetColumns: Setter;
  readonly SetRows: Setter;
  readonly SetBitsAllocated: Setter;
  readonly SetBitsStored: Setter;
  readonly SetSamplesPerPixel: Setter;
  readonly SetPixelRepresentation: Setter;
  readonly SetPlanarConfiguration: Setter;
  readonly SetPhotometricInterpretation: Setter;
  readonly SetEncodedBufferSize: Setter;
  readonly GetEncodedBuffer: Getter;
  readonly GetDecodedBuffer: Getter;
  readonly GetDecodedBufferSize: Getter;
  readonly GetColumns: Getter;
  readonly GetRows: Getter;
  readonly GetBitsAllocated: Getter;
  readonly GetBitsStored: Getter;
  readonly GetSamplesPerPixel: Getter;
  readonly GetPixelRepresentation: Getter;
  readonly GetPlanarConfiguration: Getter;
  readonly DecodeJpeg: (context: number, parameters: number) => void;
  readonly DecodeJpegLs: (context: number, parameters: number) => void;
  readonly DecodeJpeg2000: (context: number, parameters: number) => void;
}

/** Memory of a module never shrinks; one that grew beyond this is replaced after its frame. */
const MAX_IDLE_MEMORY_BYTES = 256 * 1024 * 1024;

/** The module's numbers of (0028,0004): with colour conversion off it needs to know only grey from colour. */
const PHOTOMETRIC_MONOCHROME2 = 1;
const PHOTOMETRIC_RGB = 3;

/**
 * Warnings of libjpeg after which part of the picture is invented. Bytes too many between segments are none of them:
 * they occur in sound files.
 */
const DAMAGE = /Corrupt JPEG data: (?!\d+ extraneous).*|Premature end of .*/;

interface Instance {
  readonly exports: KernelExports;
  /** Of the frame being decoded. */
  damage: string | null;
}

async function instantiate(module: WasmModule): Promise<Instance> {
  let instance: Instance | null = null;
  const imports = kernelImports({
    memory: () => {
      if (!instance) throw new KernelError('the codec asked for memory before it had any');
      return instance.exports.memory;
    },
    onMessage: (message) => {
      if (instance) instance.damage ??= DAMAGE.exec(message)?.[0] ?? null;
    },
  });
  const exports = (await instantiateWasm(module, imports)) as unknown as KernelExports;
  instance = { exports, damage: null };
  exports._initialize();
  return instance;
}

function describe(kernel: KernelExports, context: number, image: KernelImage): void {
  kernel.SetColumns(context, image.columns);
  kernel.SetRows(context, image.rows);
  kernel.SetBitsAllocated(context, image.bitsAllocated);
  kernel.SetBitsStored(context, image.bitsStored);
  kernel.SetSamplesPerPixel(context, image.samplesPerPixel);
  kernel.SetPixelRepresentation(context, image.isSigned ? 1 : 0);
  kernel.SetPlanarConfiguration(context, 0);
  const photometric = image.samplesPerPixel === 1 ? PHOTOMETRIC_MONOCHROME2 : PHOTOMETRIC_RGB;
  kernel.SetPhotometricInterpretation(context, photometric);
}

function putCodestream(kernel: KernelExports, context: number, codestream: Uint8Array): void {
  kernel.SetEncodedBufferSize(context, codestream.length);
  const pointer = kernel.GetEncodedBuffer(context) >>> 0;
  if (pointer === 0) throw new KernelError('the codec has no memory for this frame');
  new Uint8Array(kernel.memory.buffer).set(codestream, pointer);
}

function takePicture({ exports: kernel, damage }: Instance, context: number): KernelPicture {
  const pointer = kernel.GetDecodedBuffer(context) >>> 0;
  const length = kernel.GetDecodedBufferSize(context) >>> 0;
  return {
    damage,
    columns: kernel.GetColumns(context),
    rows: kernel.GetRows(context),
    bitsAllocated: kernel.GetBitsAllocated(context),
    bitsStored: kernel.GetBitsStored(context),
    samplesPerPixel: kernel.GetSamplesPerPixel(context),
    isSigned: kernel.GetPixelRepresentation(context) === 1,
    isPlanar: kernel.GetPlanarConfiguration(context) === 1,
    bytes: new Uint8Array(kernel.memory.buffer.slice(pointer, pointer + length)),
  };
}

function decodeWith(instance: Instance, entry: KernelEntry, image: KernelImage, codestream: Uint8Array): KernelPicture {
  const kernel = instance.exports;
  instance.damage = null;
  const context = kernel.CreateCodecsContext();
  const parameters = kernel.CreateDecoderParameters();
  kernel.SetConvertColorspaceToRgb(parameters, 0);
  describe(kernel, context, image);
  putCodestream(kernel, context, codestream);
  kernel[entry](context, parameters);
  const picture = takePicture(instance, context);
  kernel.ReleaseDecoderParameters(parameters);
  kernel.ReleaseCodecsContext(context);
  return picture;
}

function toKernelError(thrown: unknown): KernelError {
  if (thrown instanceof KernelError) return thrown;
  return new KernelError(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}

/** `loadWasm` is asked once, at the first frame that needs it; a failed load is tried again with the next frame. */
export function createKernel(loadWasm: () => Promise<Uint8Array | ArrayBuffer>): Kernel {
  let module: Promise<WasmModule> | null = null;
  let instance: Promise<Instance> | null = null;

  const release = () => (instance = null);
  const load = (): Promise<WasmModule> =>
    loadWasm()
      .then(compileWasm)
      .catch((thrown: unknown) => {
        module = null;
        throw thrown;
      });
  /** An instance that no failed frame has touched, also when several callers waited for it together. */
  const ready = async (): Promise<Instance> => {
    for (;;) {
      module ??= load();
      const wanted = (instance ??= module.then(instantiate));
      const instantiated = await wanted;
      if (wanted === instance) return instantiated;
    }
  };

  return {
    async decode(entry, image, codestream) {
      try {
        const usable = await ready();
        const picture = decodeWith(usable, entry, image, codestream);
        if (usable.exports.memory.buffer.byteLength > MAX_IDLE_MEMORY_BYTES) release();
        return picture;
      } catch (thrown) {
        release();
        throw toKernelError(thrown);
      }
    },
    dispose() {
      release();
      module = null;
    },
  };
}
