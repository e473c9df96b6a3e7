/** A whole object in memory: its header, how it is displayed, and its frames as the file holds them. */
import { AppError } from '../base/appError';
import type { DisplayTransform } from '../dicom/display';
import type { EncodedFrame } from '../dicom/frame';
import type { InstanceHeader } from '../dicom/records';
import { readDisplayTransform } from './displayTransform';
import { walkElements } from './elements';
import { frameReader, type FrameOptions } from './frames';
import { requireDicom, truncatedInside } from './header';
import { locateDataSet } from './part10';
import { readRecords } from './records';

export interface Instance {
  readonly header: InstanceHeader;
  readonly display: DisplayTransform;
  /** 0 for an object without an image. */
  readonly frameCount: number;
  /**
   * Counts from 0. The bytes are a copy.
   * @throws `pixels/none`, `pixels/no-such-frame`, `pixels/truncated`
   */
  readonly encodedFrame: (frameIndex: number, options?: FrameOptions) => EncodedFrame;
}

/** @throws `file/empty`, `file/not-dicom`, `file/truncated`, `file/malformed` */
export function openInstance(file: Uint8Array<ArrayBuffer>): Instance {
  requireDicom(file, file.length);
  const located = locateDataSet(file);
  if (!located) throw new AppError('file/truncated', 'The file ends early: it stops in its meta header.');
  const walk = walkElements(located.bytes, located.start, located.encoding);
  if (walk.stop === 'short') throw truncatedInside(walk);
  const { header, dataSet, place } = readRecords(located, walk, { totalBytes: located.bytes.length });
  const { pixels, transferSyntaxUid } = header.instance;
  const isPictured = place !== null && pixels !== null && place.element.length > 0;
  const read = isPictured ? frameReader({ dataSet, place, pixels, transferSyntaxUid }) : noFrame;
  return {
    header,
    display: readDisplayTransform(dataSet, header.instance),
    frameCount: pixels?.frames ?? 0,
    encodedFrame: read,
  };
}

function noFrame(): never {
  throw new AppError('pixels/none', 'The object holds no image.');
}
