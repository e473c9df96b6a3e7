/** Damage that knows what a data set is made of: headers, lengths, nesting, offsets, text. */
import { AppError } from '../../../src-shared/base/appError';
import { HeaderReader, UNDEFINED_LENGTH, type Encoding } from '../../../src-shared/dataset/elements';
import { locateDataSet } from '../../../src-shared/dataset/part10';
import type { Random } from '../../support/random';

type Bytes = Uint8Array<ArrayBuffer>;

/** Where a header lies, of any level. */
interface Spot {
  readonly tag: number;
  readonly start: number;
  readonly valueOffset: number;
  readonly length: number;
}

export interface Seed {
  readonly bytes: Bytes;
  readonly spots: readonly Spot[];
  readonly encoding: Encoding;
}

const CONTAINERS = new Set(['SQ', '']);

/** Every header in the file, those inside sequences and items included; of a deflated file only those of its meta header. */
export function seedOf(bytes: Bytes): Seed {
  const located = locate(bytes);
  const encoding = located?.encoding ?? { isExplicit: true, isLittleEndian: true };
  const reader = new HeaderReader(bytes, bytes.length);
  const spots: Spot[] = [];
  for (let position = located && !located.isDeflated ? located.start : 132; reader.read(position, encoding);) {
    const { tag, vr, length, valueOffset } = reader;
    spots.push({ tag, start: position, valueOffset, length });
    const isEntered =
      tag >= 0xfffee000 || length === UNDEFINED_LENGTH || (CONTAINERS.has(vr) && startsItem(bytes, valueOffset));
    position = isEntered ? valueOffset : valueOffset + length;
  }
  return { bytes, spots, encoding };
}

function locate(bytes: Bytes) {
  try {
    return locateDataSet(bytes);
  } catch (thrown) {
    if (thrown instanceof AppError) return null;
    throw thrown;
  }
}

function startsItem(bytes: Bytes, offset: number): boolean {
  const item = [bytes[offset], bytes[offset + 1]];
  return (item[0] === 0xfe && item[1] === 0xff) || (item[0] === 0xff && item[1] === 0xfe);
}

const LENGTHS = [0, 1, 2, 3, 7, 8, 0x7f, 0xff, 0xfffe, 0xffff, 0x10000, 0x7fffffff, 0xfffffffe, 0xffffffff] as const;
const VRS = ['SQ', 'UN', 'OB', 'OW', 'UT', 'PN', 'DS', 'IS', 'US', 'AT', 'FD', 'UI', 'ZZ', '\0\0', 'OV', 'UC'] as const;
const TAGS = [
  0xfffee000, 0xfffee00d, 0xfffee0dd, 0x7fe00010, 0x7fe00001, 0x7fe00002, 0x00080005, 0x00041220, 0x00041200,
  0x00020010, 0x00100010, 0x00280008, 0x52009230, 0x04000561, 0x00000000, 0xffffffff, 0x00091001, 0x00090010,
] as const;
const CHARACTER_SETS = [
  '\\ISO 2022 IR 87',
  'ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159',
  '\\ISO 2022 IR 149',
  '\\ISO 2022 IR 58',
  'ISO_IR 192',
  'GB18030',
  'ISO_IR 203',
  'NONSENSE',
  '\\\\\\\\',
  'ISO 2022 IR 100\\ISO 2022 IR 144\\ISO 2022 IR 126',
] as const;
const ESCAPES = [
  '\x1b$B',
  '\x1b(B',
  '\x1b(J',
  '\x1b)I',
  '\x1b$(D',
  '\x1b$)C',
  '\x1b$)A',
  '\x1b-A',
  '\x1b-b',
  '\x1b',
  '\x1b\x1b',
] as const;
const NUMBERS = ['0', '-1', '2147483647', '1e308', 'NaN', '65535', '999999999999', ' ', '\\', '1A'] as const;

class Editor {
  constructor(
    public bytes: Bytes,
    readonly seed: Seed,
    readonly random: Random,
  ) {}

  get view(): DataView<ArrayBuffer> {
    return new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength);
  }

  spot(): Spot {
    const { spots, bytes } = this.seed;
    const anywhere = { tag: 0, start: this.random.below(bytes.length), valueOffset: 0, length: 0 };
    return spots[this.random.below(spots.length)] ?? anywhere;
  }

  spotOf(tags: readonly number[]): Spot {
    const fitting = this.seed.spots.filter(({ tag }) => tags.includes(tag));
    return fitting[this.random.below(fitting.length)] ?? this.spot();
  }

  put(offset: number, values: ArrayLike<number>): void {
    for (let index = 0; index < values.length; index += 1) {
      if (offset + index < this.bytes.length) this.bytes[offset + index] = values[index] ?? 0;
    }
  }

  text(offset: number, text: string): void {
    this.put(
      offset,
      Array.from(text, (letter) => letter.charCodeAt(0) & 0xff),
    );
  }

  uint32(offset: number, value: number): void {
    if (offset >= 0 && offset + 4 <= this.bytes.length)
      this.view.setUint32(offset, value >>> 0, this.seed.encoding.isLittleEndian);
  }

  uint16(offset: number, value: number): void {
    if (offset >= 0 && offset + 2 <= this.bytes.length)
      this.view.setUint16(offset, value & 0xffff, this.seed.encoding.isLittleEndian);
  }

  tag(offset: number, tag: number): void {
    this.uint16(offset, tag >>> 16);
    this.uint16(offset + 2, tag);
  }

  /** At the end where the file has been cut before `wanted`. */
  insert(wanted: number, values: Uint8Array): void {
    const offset = Math.min(wanted, this.bytes.length);
    const longer = new Uint8Array(this.bytes.length + values.length);
    longer.set(this.bytes.subarray(0, offset));
    longer.set(values, offset);
    longer.set(this.bytes.subarray(offset), offset + values.length);
    this.bytes = longer;
  }
}

type Mutation = (editor: Editor) => void;

const changeLength: Mutation = (editor) => {
  const { start, valueOffset, length } = editor.spot();
  const wanted = editor.random.pick([
    ...LENGTHS,
    length + 1,
    length - 1,
    length * 2,
    editor.bytes.length - valueOffset,
  ]);
  if (valueOffset - start === 8 && editor.seed.encoding.isExplicit) editor.uint16(start + 6, wanted);
  else editor.uint32(valueOffset - 4, wanted);
};

const changeVr: Mutation = (editor) => editor.text(editor.spot().start + 4, editor.random.pick(VRS));
const changeTag: Mutation = (editor) => editor.tag(editor.spot().start, editor.random.pick(TAGS));

const cut: Mutation = (editor) => {
  const { start, valueOffset, length } = editor.spot();
  const end = editor.random.pick([
    start,
    start + 4,
    start + 8,
    valueOffset,
    valueOffset + (length >>> 1),
    editor.random.below(editor.bytes.length),
  ]);
  editor.bytes = editor.bytes.slice(0, end);
};

/** A tower of sequences of undefined length, open at its top. */
const nest: Mutation = (editor) => {
  const { isExplicit, isLittleEndian } = editor.seed.encoding;
  const depth = editor.random.pick([1, 2, 31, 33, 65, 255, 257, 2000]);
  const size = isExplicit ? 20 : 16;
  const tower = new Uint8Array(depth * size);
  const view = new DataView(tower.buffer);
  for (let level = 0; level < depth; level += 1) {
    const at = level * size;
    view.setUint16(at, 0x0040, isLittleEndian);
    view.setUint16(at + 2, 0x0275, isLittleEndian);
    if (isExplicit) tower.set([0x53, 0x51], at + 4);
    view.setUint32(at + size - 12, UNDEFINED_LENGTH, isLittleEndian);
    view.setUint16(at + size - 8, 0xfffe, isLittleEndian);
    view.setUint16(at + size - 6, 0xe000, isLittleEndian);
    view.setUint32(at + size - 4, UNDEFINED_LENGTH, isLittleEndian);
  }
  editor.insert(editor.spot().start, tower);
};

const delimit: Mutation = (editor) => {
  const offset = editor.spot().start;
  editor.insert(offset, new Uint8Array(8));
  editor.tag(offset, editor.random.pick([0xfffee000, 0xfffee00d, 0xfffee0dd]));
  editor.uint32(offset + 4, editor.random.pick([0, 0xffffffff, 8]));
};

/** The item after the pixel data's header is the offset table; its numbers, and what frames are counted by. */
const changeOffsets: Mutation = (editor) => {
  const { valueOffset } = editor.spotOf([0x7fe00010, 0x7fe00001, 0x7fe00002]);
  editor.uint32(
    valueOffset + editor.random.pick([0, 4, 8, 12, 16]),
    editor.random.pick([0, 8, 0x7fffffff, 0xffffffff, editor.random.below(4096)]),
  );
};

const changeDirectory: Mutation = (editor) => {
  const { valueOffset } = editor.spotOf([0x00041200, 0x00041400, 0x00041420, 0x00041410, 0x00041430]);
  editor.uint32(
    valueOffset,
    editor.random.pick([0, 1, 0xffffffff, editor.spotOf([0xfffee000]).start, editor.random.below(editor.bytes.length)]),
  );
};

const changeText: Mutation = (editor) => {
  const { random } = editor;
  editor.text(editor.spotOf([0x00080005]).valueOffset, random.pick(CHARACTER_SETS));
  const { valueOffset, length } = editor.spotOf([0x00100010, 0x00100020, 0x00081030, 0x00400007, 0x00041500]);
  for (let count = random.below(4); count >= 0; count -= 1) {
    const at = valueOffset + random.below(Math.max(1, Math.min(length, 64)));
    if (random.below(2) === 0) editor.text(at, random.pick(ESCAPES));
    else editor.put(at, [random.below(256), random.pick([0x5c, 0x5e, 0x3d, 0x80, 0xff, 0x0a])]);
  }
};

const changeNumbers: Mutation = (editor) => {
  const { random } = editor;
  const { valueOffset } = editor.spotOf([
    0x00280010, 0x00280011, 0x00280002, 0x00280100, 0x00280101, 0x00280102, 0x00281101,
  ]);
  editor.uint16(valueOffset, random.pick([0, 1, 3, 7, 33, 0x7fff, 0xffff]));
  editor.text(editor.spotOf([0x00280008, 0x00200013, 0x00200032, 0x00280030]).valueOffset, random.pick(NUMBERS));
};

const duplicate: Mutation = (editor) => {
  const { start, valueOffset, length } = editor.spot();
  const end = Math.min(valueOffset + Math.min(length, 4096), editor.bytes.length);
  editor.insert(editor.spot().start, editor.bytes.slice(start, Math.max(start, end)));
};

/** Anywhere: preamble, meta header, deflate streams. */
const flip: Mutation = (editor) => {
  for (let count = 1 + editor.random.below(6); count > 0; count -= 1) {
    const at = editor.random.below(editor.random.pick([400, editor.bytes.length]));
    editor.put(at, [editor.random.pick([0, 0xff, editor.random.below(256)])]);
  }
};

const MUTATIONS = [
  changeLength,
  changeLength,
  changeVr,
  changeTag,
  cut,
  nest,
  delimit,
  changeOffsets,
  changeDirectory,
  changeText,
  changeNumbers,
  duplicate,
  flip,
] as const;

export function mutate(seed: Seed, random: Random): Bytes {
  const editor = new Editor(seed.bytes.slice(), seed, random);
  for (let count = 1 + random.below(3); count > 0; count -= 1) random.pick(MUTATIONS)(editor);
  return editor.bytes;
}
