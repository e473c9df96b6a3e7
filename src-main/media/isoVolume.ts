/** The volume descriptors of an ISO 9660 image: which tree of names is the best one. Source: ECMA-119 section 8; Joliet 1.0. */
import { rockRidgeSkip, SECTOR, type NameDecoder } from './isoRecords';

/** Reads bytes of the image; shorter at its end. */
export type ReadImage = (offset: number, length: number) => Uint8Array;

export interface IsoVolume {
  readonly rootBlock: number;
  readonly rootBytes: number;
  readonly decode: NameDecoder;
  readonly skip: number | null;
}

const FIRST_DESCRIPTOR = 16;
const MOST_DESCRIPTORS = 64;
const PRIMARY = 1;
const SUPPLEMENTARY = 2;
const TERMINATOR = 255;

const latin = new TextDecoder('latin1');
const utf16 = new TextDecoder('utf-16be');
const decodeLatin: NameDecoder = (bytes) => latin.decode(bytes);
const decodeJoliet: NameDecoder = (bytes) => utf16.decode(bytes);

/** Rock Ridge before Joliet before the plain names, as the first has them whole. `null`: no volume is described. */
export function readVolume(read: ReadImage): IsoVolume | null {
  let primary: IsoVolume | null = null;
  let joliet: IsoVolume | null = null;
  for (let index = 0; index < MOST_DESCRIPTORS; index += 1) {
    const sector = read((FIRST_DESCRIPTOR + index) * SECTOR, SECTOR);
    if (sector.length < SECTOR || decodeLatin(sector.subarray(1, 6)) !== 'CD001') break;
    const type = sector[0];
    if (type === TERMINATOR) break;
    if (type === PRIMARY) primary ??= describe(sector, decodeLatin, read);
    if (type === SUPPLEMENTARY && isJoliet(sector)) joliet ??= { ...describe(sector, decodeJoliet, read), skip: null };
  }
  if (!joliet || primary?.skip !== null) return primary ?? joliet;
  return joliet;
}

/** UCS-2 of level 1, 2 or 3. */
function isJoliet(sector: Uint8Array): boolean {
  const escape = decodeLatin(sector.subarray(88, 91));
  return escape === '%/@' || escape === '%/C' || escape === '%/E';
}

function describe(sector: Uint8Array, decode: NameDecoder, read: ReadImage): IsoVolume {
  const view = new DataView(sector.buffer, sector.byteOffset, sector.byteLength);
  const rootBlock = view.getUint32(156 + 2, true);
  return {
    rootBlock,
    rootBytes: view.getUint32(156 + 10, true),
    decode,
    skip: rockRidgeSkip(read(rootBlock * SECTOR, SECTOR)),
  };
}
