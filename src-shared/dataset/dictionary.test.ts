import { describe, expect, it } from 'vitest';
import { dictionaryEntry } from './dictionary';

describe('dictionary', () => {
  it.each([
    [0x00100010, { vr: 'PN', keyword: 'PatientName' }],
    [0x00020000, { vr: 'UL', keyword: 'FileMetaInformationGroupLength' }],
    [0x00080000, { vr: 'UL', keyword: 'GroupLength' }],
    [0x7fe00010, { vr: 'OW', keyword: 'PixelData' }],
    // Groups that repeat in even steps, and the odd ones between them, which are private.
    [0x60020010, { vr: 'US', keyword: 'OverlayRows' }],
    [0x60030100, null],
    [0x00091001, null],
    [0x00090010, { vr: 'LO', keyword: 'PrivateCreator' }],
    [0xfffee000, { vr: '', keyword: 'Item' }],
  ])('%s', (tag, expected) => {
    expect(dictionaryEntry(tag)).toEqual(expected);
  });
});
