import { describe, expect, it } from 'vitest';
import { defaultDataDirectory } from '../../compose/hosting/dataDirectory';
import { parseWindowArguments } from './arguments';

describe('command line of the window', () => {
  it('takes paths relative to where it was typed and skips switches and the program itself', () => {
    const words = ['-r', '/loader.js', '--no-sandbox', '/app', 'CT Ärzte', '--data', 'lib', '/abs/disc', '--inspect=0'];
    expect(parseWindowArguments(words, '/home/doe', '/app')).toEqual({
      dataDirectory: '/home/doe/lib',
      paths: ['/home/doe/CT Ärzte', '/abs/disc'],
    });
  });

  it('keeps the usual data directory when none is named', () => {
    expect(parseWindowArguments([], '/', '/app')).toEqual({ dataDirectory: defaultDataDirectory(), paths: [] });
  });

  it('understands --data=DIR', () => {
    expect(parseWindowArguments(['--data=x'], '/home', '/app').dataDirectory).toBe('/home/x');
  });
});
