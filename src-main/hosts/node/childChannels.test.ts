import { describe, expect, it } from 'vitest';
import { createChannelTable, type ChannelMessage } from './childChannels';

describe('channels over one pipe', () => {
  it('keeps channels apart and messages that came before anybody listened', () => {
    const table = createChannelTable(() => undefined);
    const one = table.open(1);
    const two = table.open(2);
    table.receive({ kind: 'data', channel: 1, text: 'early' });
    table.receive({ kind: 'data', channel: 2, text: 'other' });
    const got: string[] = [];
    one.onMessage((text) => got.push(`1 ${text}`));
    two.onMessage((text) => got.push(`2 ${text}`));
    table.receive({ kind: 'data', channel: 1, text: 'late' });
    table.receive({ kind: 'data', channel: 9, text: 'nobody' });
    expect(got).toEqual(['1 early', '2 other', '1 late']);
  });

  it('sends until it is closed, and tells of the closing once', () => {
    const sent: ChannelMessage[] = [];
    const table = createChannelTable((message) => void sent.push(message));
    const wire = table.open(7);
    let closings = 0;
    wire.onClose(() => (closings += 1));
    wire.send('a');
    table.receive({ kind: 'close', channel: 7 });
    wire.send('b');
    table.closeAll();
    expect([sent, closings]).toEqual([[{ kind: 'data', channel: 7, text: 'a' }], 1]);
  });
});
