/**
 * Directory records of ISO 9660 (ECMA-119 section 9), with the System Use entries of Rock Ridge (IEEE P1282) where they
 * are. Numbers are stored in both byte orders; the little-endian one is read.
 */

export const SECTOR = 2048;

export interface IsoRecord {
  /** As the volume writes it, without version; Rock Ridge's where there is one. */
  readonly name: string;
  readonly isDirectory: boolean;
  /** More of the same file follows in the next record. */
  readonly hasMore: boolean;
  /** First logical block, of 2048 bytes. */
  readonly block: number;
  readonly bytes: number;
  readonly isLink: boolean;
  /** This entry stands elsewhere: its directory begins at that block. */
  readonly childBlock: number | null;
  /** A directory that was moved away and is listed at its true place too. */
  readonly isRelocated: boolean;
}

export type NameDecoder = (bytes: Uint8Array) => string;

const HIDDEN_SELF = 0;
const HIDDEN_PARENT = 1;

export interface ReadRecordsOptions {
  readonly decode: NameDecoder;
  /** Bytes to skip in each System Use area; `null`: the volume has no Rock Ridge. */
  readonly skip: number | null;
  /** A continuation area elsewhere on the volume. */
  readonly readAt: (block: number, offset: number, length: number) => Uint8Array;
}

/** Records of one directory, self and parent left out. A record that makes no sense ends its sector. */
export function* readRecords(bytes: Uint8Array, options: ReadRecordsOptions): Generator<IsoRecord> {
  for (let sector = 0; sector < bytes.length; sector += SECTOR) {
    for (let at = sector; at < Math.min(sector + SECTOR, bytes.length);) {
      const length = bytes[at] ?? 0;
      const end = at + length;
      const nameLength = bytes[at + 32] ?? 0;
      if (length < 34 || end > bytes.length || 33 + nameLength > length) break;
      const record = bytes.subarray(at, end);
      const first = record[33] ?? 0;
      const isSelf = nameLength === 1 && (first === HIDDEN_SELF || first === HIDDEN_PARENT);
      if (!isSelf) yield recordOf(record, nameLength, options);
      at = end;
    }
  }
}

function recordOf(record: Uint8Array, nameLength: number, options: ReadRecordsOptions): IsoRecord {
  const view = viewOf(record);
  const flags = record[25] ?? 0;
  const plain = cleanName(options.decode(record.subarray(33, 33 + nameLength)));
  const start = 33 + nameLength + (nameLength % 2 === 0 ? 1 : 0);
  const use = options.skip === null ? NO_USE : systemUse(record.subarray(start + options.skip), options);
  return {
    name: use.name === '' ? plain : use.name,
    isDirectory: (flags & 2) !== 0,
    hasMore: (flags & 0x80) !== 0,
    block: view.getUint32(2, true) + (record[1] ?? 0),
    bytes: view.getUint32(10, true),
    isLink: use.isLink,
    childBlock: use.childBlock,
    isRelocated: use.isRelocated,
  };
}

/** Without version and without the dot that an empty extension leaves. */
function cleanName(name: string): string {
  return name.replace(/;\d*$/, '').replace(/\.$/, '');
}

interface SystemUse {
  readonly name: string;
  readonly isLink: boolean;
  readonly childBlock: number | null;
  readonly isRelocated: boolean;
}

const NO_USE: SystemUse = { name: '', isLink: false, childBlock: null, isRelocated: false };
const MOST_CONTINUATIONS = 16;
const utf8 = new TextDecoder();

function systemUse(area: Uint8Array, { readAt }: ReadRecordsOptions): SystemUse {
  let found: SystemUse = NO_USE;
  const nameParts: Uint8Array[] = [];
  let next: Uint8Array | null = area;
  for (let round = 0; next && round < MOST_CONTINUATIONS; round += 1) {
    const current: Uint8Array = next;
    next = null;
    for (const { signature, data } of entriesOf(current)) {
      const view = viewOf(data);
      if (signature === 'NM' && data.length > 1) nameParts.push(data.subarray(1));
      else if (signature === 'SL') found = { ...found, isLink: true };
      else if (signature === 'CL' && data.length >= 8) found = { ...found, childBlock: view.getUint32(0, true) };
      else if (signature === 'RE') found = { ...found, isRelocated: true };
      else if (signature === 'CE' && data.length >= 24) {
        next = readAt(view.getUint32(0, true), view.getUint32(8, true), Math.min(view.getUint32(16, true), SECTOR));
      }
    }
  }
  return nameParts.length === 0 ? found : { ...found, name: utf8.decode(Buffer.concat(nameParts)) };
}

function* entriesOf(area: Uint8Array): Generator<{ signature: string; data: Uint8Array }> {
  for (let at = 0; at + 4 <= area.length;) {
    const length = area[at + 2] ?? 0;
    if (length < 4 || at + length > area.length) return;
    const signature = String.fromCharCode(area[at] ?? 0, area[at + 1] ?? 0);
    if (signature === 'ST') return;
    yield { signature, data: area.subarray(at + 4, at + length) };
    at += length;
  }
}

/** Of the root's own record: how many bytes of each System Use area belong to somebody else; `null` without Rock Ridge. */
export function rockRidgeSkip(root: Uint8Array): number | null {
  const length = root[0] ?? 0;
  const start = 34;
  for (const { signature, data } of entriesOf(root.subarray(start, length))) {
    if (signature === 'SP' && data[0] === 0xbe && data[1] === 0xef) return data[2] ?? 0;
  }
  return null;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
