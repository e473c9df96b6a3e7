import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseDropAddress, receiveDroppedFile, removeOldDrops } from './droppedFiles';

const ID = '0123456789abcdef0123456789abcdef';
const addressOf = (path: string) => parseDropAddress(new URL(path, 'http://host'));
const partsOf = (path: string) => addressOf(`/dropped/${ID}/1?path=${encodeURIComponent(path)}`)?.parts;

describe('addresses of dropped files', () => {
  it.each([
    [`/dropped/${ID}/0?path=CD%2FDICOMDIR`, { dropId: ID, index: 0, parts: ['CD', 'DICOMDIR'] }],
    [`/dropped/${ID}/1234567`, { dropId: ID, index: 1_234_567, parts: ['file-1234567'] }],
    [`/dropped/${ID}/`, null],
    [`/dropped/${ID}/../x`, null],
    [`/dropped/${ID.toUpperCase()}/1`, null],
    ['/dropped/../1', null],
  ])('%s', (path, expected) => {
    expect(addressOf(path)).toEqual(expected);
  });

  it.each(['IM0001', 'Röntgen Müller', '患者', 'IM1.dcm;1', 'a (2).jpg'])(
    'keeps a name that every disk takes: %s',
    (name) => {
      expect(partsOf(`/CD/${name}`)).toEqual(['CD', name]);
    },
  );

  it.each(['..', '.', '.hidden', 'a\0b', 'a\\b', 'C:x', 'nul', 'COM1.txt', 'ends.', 'ends ', 'x'.repeat(121), '-rf'])(
    'replaces a name that some disk does not: %j',
    (name) => {
      expect(partsOf(`/CD/${name}/IM1`)).toEqual(['CD', expect.stringMatching(/^~[0-9a-f]{16}$/), 'IM1']);
      expect(partsOf(`/CD/${name}/IM1`)).toEqual(partsOf(`/CD/${name}/IM1`));
    },
  );
});

describe('dropped files', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'isocenter-drop-'));
  });
  afterEach(() => rmSync(data, { recursive: true }));

  const drop = async (index: number, path: string, text: string) => {
    const request = new IncomingMessage(new Socket());
    request.push(text);
    request.push(null);
    const address = addressOf(`/dropped/${ID}/${index}?path=${encodeURIComponent(path)}`);
    if (!address) throw new Error('no address');
    const answer = await receiveDroppedFile(request, data, address);
    return answer.status === 200 ? relative(join(data, 'drops', ID), answer.top) : answer.reason;
  };
  const files = () =>
    readdirSync(data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(join(data, 'drops', ID), join(entry.parentPath, entry.name)))
      .sort();

  it('lie as they were dropped', async () => {
    expect(await drop(0, '/CD/DICOMDIR', 'd')).toBe('CD');
    expect(await drop(1, '/CD/DICOM/IM1', '1')).toBe('CD');
    expect(await drop(2, '/loose', '2')).toBe('loose');
    expect(files()).toEqual(['CD/DICOM/IM1', 'CD/DICOMDIR', 'loose']);
  });

  it('replace nothing and never leave their folder', async () => {
    await drop(0, '/a', 'first');
    expect([await drop(1, '/a', 'second'), await drop(2, '/a/b', 'third')]).toEqual(['~1', '~2']);
    await drop(3, '/../../../outside', 'fourth');
    expect(files().filter((path) => path.startsWith('..'))).toEqual([]);
    expect(readFileSync(join(data, 'drops', ID, 'a'), 'utf8')).toBe('first');
    expect(files()).toHaveLength(4);
  });

  it('go at the next start, and nothing else does', async () => {
    mkdirSync(join(data, 'dropped', ID), { recursive: true });
    writeFileSync(join(data, 'dropped', ID, '0'), 'referenced by an earlier version');
    await drop(0, '/a', 'x');
    await removeOldDrops(data);
    expect([existsSync(join(data, 'drops')), existsSync(join(data, 'dropped', ID, '0'))]).toEqual([false, true]);
  });
});
