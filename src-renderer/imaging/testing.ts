/** Stacks and a decode worker made up for tests of this room. */
import type { InstanceRecord, PixelDescription } from '../../src-shared/dicom/records';
import type { Stack, StackImage } from '../../src-shared/dicom/stack';
import type { DecodeWorkerHandlers, StartDecodeWorker } from './decodePool';
import type { DecodeRequest } from './decodeProtocol';
import type { DecodedFrame } from './types';

/** 10 × 10 pixels of 8 bits: 100 bytes decoded. */
const PIXELS: PixelDescription = {
  rows: 10,
  columns: 10,
  samplesPerPixel: 1,
  photometricInterpretation: 'MONOCHROME2',
  planarConfiguration: 0,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  isSigned: false,
  sampleKind: 'integer',
  frames: 1,
};

export function testPixels(changes: Partial<PixelDescription> = {}): PixelDescription {
  return { ...PIXELS, ...changes };
}

function testRecord(sopInstanceUid: string): InstanceRecord {
  return {
    sopInstanceUid,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUid: '1.2.840.10008.1.2.1',
    instanceNumber: null,
    acquisitionNumber: null,
    acquisitionTime: '',
    contentTime: '',
    imageType: [],
    echoNumber: null,
    echoTimeMs: null,
    temporalPosition: null,
    triggerTimeMs: null,
    diffusionBValue: null,
    patientOrientation: [],
    laterality: '',
    viewPosition: '',
    sliceThicknessMm: null,
    sliceLocationMm: null,
    pixels: PIXELS,
    plane: null,
    spacing: null,
    rescale: null,
    windows: [],
    voiFunction: 'LINEAR',
    lossyRatios: null,
    frameTimeMs: null,
    recommendedFramesPerSecond: null,
    issues: [],
  };
}

/** `count` images whose instance ids count up from `firstId`, and whose SOP Instance UIDs are `uid.<id>`. */
export function testStack(firstId: number, count: number): Stack {
  const images = Array.from({ length: count }, (_, index): StackImage => {
    const instanceId = firstId + index;
    return {
      ref: { instanceId, frameIndex: 0 },
      record: testRecord(`uid.${instanceId}`),
      positionMm: null,
      isMissing: false,
    };
  });
  return {
    id: `stack.${firstId}`,
    label: '',
    splitBy: [],
    ordering: 'instance-number',
    geometry: null,
    images,
    issues: [],
  };
}

/** What an honest worker answers. */
export function testFrame({ ref, sopInstanceUid }: DecodeRequest): DecodedFrame {
  const samples = new Uint8Array(100);
  return {
    ref,
    sopInstanceUid,
    rows: 10,
    columns: 10,
    kind: 'grey',
    samples,
    minStored: 0,
    maxStored: 0,
    pixels: PIXELS,
    display: {
      photometricInterpretation: 'MONOCHROME2',
      modality: null,
      windows: [],
      voiFunction: 'LINEAR',
      voiTables: [],
      isInverse: false,
      padding: null,
      palette: null,
    },
    sizeBytes: 100,
  };
}

export interface FakeWorker {
  readonly handlers: DecodeWorkerHandlers;
  readonly requests: DecodeRequest[];
  isTerminated: boolean;
}

/** Workers that answer when the test says so. */
export function fakeWorkers() {
  const workers: FakeWorker[] = [];
  const start: StartDecodeWorker = (handlers) => {
    const worker: FakeWorker = { handlers, requests: [], isTerminated: false };
    workers.push(worker);
    return {
      post: (request) => void worker.requests.push(request),
      terminate() {
        worker.isTerminated = true;
      },
    };
  };
  const open = (): { worker: FakeWorker; request: DecodeRequest }[] =>
    workers.flatMap((worker) => {
      const request = worker.requests.at(-1);
      return request && !worker.isTerminated ? [{ worker, request }] : [];
    });
  return {
    start,
    workers,
    /** Instance ids asked for so far, in order of asking when there is one worker. */
    asked: () => workers.flatMap((worker) => worker.requests.map(({ ref }) => ref.instanceId)),
    /** Every living worker answers its last request; `answer` may lie. */
    async answerAll(answer: (request: DecodeRequest) => DecodedFrame = testFrame): Promise<void> {
      for (const { worker, request } of open()) {
        worker.handlers.onReply({ kind: 'done', jobId: request.jobId, frame: answer(request) });
      }
      await settled();
    },
  };
}

/** After the promise callbacks that are due, also those they bring about. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
