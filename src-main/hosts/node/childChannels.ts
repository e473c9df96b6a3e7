/** Many wires over one child-process channel: the parent opens them, both sides send on them. */
import type { Wire } from '../../../src-shared/rpc/wire';

export type Peer = 'page' | 'host';

/** Parent to child, except `data`, which goes both ways, and `started` and `cannot-start`, which come back. */
export type ChannelMessage =
  | { readonly kind: 'open'; readonly channel: number; readonly peer: Peer }
  | { readonly kind: 'data'; readonly channel: number; readonly text: string }
  | { readonly kind: 'close'; readonly channel: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'started' }
  | { readonly kind: 'cannot-start'; readonly reason: string };

interface Ends {
  readonly onMessage: ((text: string) => void)[];
  readonly onClose: (() => void)[];
  /** Came before anybody listened. */
  readonly early: string[];
}

/** The wires of one side. `post` sends to the other process; hand what comes from it to `receive`. */
export interface ChannelTable {
  open(channel: number): Wire;
  receive(message: ChannelMessage): void;
  close(channel: number): void;
  closeAll(): void;
}

export function createChannelTable(post: (message: ChannelMessage) => void): ChannelTable {
  const channels = new Map<number, Ends>();

  const close = (channel: number) => {
    const ends = channels.get(channel);
    channels.delete(channel);
    for (const listener of ends?.onClose ?? []) listener();
  };

  return {
    open(channel) {
      const ends: Ends = { onMessage: [], onClose: [], early: [] };
      channels.set(channel, ends);
      return {
        send(text) {
          if (channels.has(channel)) post({ kind: 'data', channel, text });
        },
        onMessage(listener) {
          ends.onMessage.push(listener);
          for (const text of ends.early.splice(0)) listener(text);
        },
        onClose: (listener) => void ends.onClose.push(listener),
      };
    },
    receive(message) {
      if (message.kind === 'close') close(message.channel);
      if (message.kind !== 'data') return;
      const ends = channels.get(message.channel);
      if (ends?.onMessage.length === 0) ends.early.push(message.text);
      for (const listener of ends?.onMessage ?? []) listener(message.text);
    },
    close,
    closeAll() {
      for (const channel of [...channels.keys()]) close(channel);
    },
  };
}
