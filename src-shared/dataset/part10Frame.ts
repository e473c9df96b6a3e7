/** A changed data set back into the file that it came from. Source: PS3.10 7.1; PS3.5 A.5. */
import { deflateSync } from 'fflate';
import type { DataSet } from './dataSet';
import { hasMagic, type LocatedDataSet } from './part10';
import { joined } from './rawElements';
import { Tag } from './tags';
import { fileFrom } from './write';

export interface Part10Source {
  /** Of the whole file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly located: LocatedDataSet;
  readonly dataSet: DataSet;
}

/** A deflated stream of odd length is followed by a zero. Source: PS3.5 A.5. */
function deflated(dataSet: Uint8Array): Uint8Array {
  const stream = deflateSync(dataSet);
  return stream.length % 2 === 0 ? stream : joined([stream, Uint8Array.of(0)]);
}

/** Preamble and meta header stay as they are where they are sound; otherwise the file gets new ones. */
export function assemblePart10(
  { bytes, located, dataSet }: Part10Source,
  content: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const { meta, transferSyntaxUid, fileOffset, isDeflated } = located;
  const body = isDeflated ? deflated(content) : content;
  const isSound = hasMagic(bytes) && meta.uid(Tag.TransferSyntaxUid) === transferSyntaxUid;
  if (isSound) return joined([bytes.subarray(0, fileOffset), body]);
  const sopClassUid = dataSet.uid(Tag.SopClassUid) || meta.uid(Tag.MediaStorageSopClassUid);
  const sopInstanceUid = dataSet.uid(Tag.SopInstanceUid) || meta.uid(Tag.MediaStorageSopInstanceUid);
  return fileFrom({ sopClassUid, sopInstanceUid, transferSyntaxUid }, body);
}
