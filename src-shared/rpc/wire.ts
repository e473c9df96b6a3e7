/** A transport is only "send and receive": everything above works over any of them, so the wire of the tests is the real one. */
export interface Wire {
  /** Queued and in order; after the wire has closed, silently dropped. */
  send(message: string): void;
  /** Called once by whoever reads the wire; messages that came earlier are not lost. */
  onMessage(listener: (message: string) => void): void;
  /** Called at most once for each listener, also when the other side dies. */
  onClose(listener: () => void): void;
}

/** oRPC's view of a port: event listeners and `postMessage`. */
export function portOfWire(wire: Wire) {
  return {
    on(event: string, listener: (event?: { data: unknown }) => void): void {
      if (event === 'message') wire.onMessage((data) => listener({ data }));
      if (event === 'close') wire.onClose(() => listener());
    },
    postMessage(data: unknown): void {
      if (typeof data !== 'string') throw new Error('Assertion failed: only plain data crosses the wire');
      wire.send(data);
    },
  };
}

/** Two ends of one wire inside a process, delivering asynchronously as a port does. */
export function wirePair(): { readonly near: Wire; readonly far: Wire; close(): void } {
  const near = createEnd();
  const far = createEnd();
  const connect = (from: WireEnd, to: WireEnd): Wire => ({
    send: (message) => to.deliver(message),
    onMessage: (listener) => from.listen(listener),
    onClose: (listener) => void from.closeListeners.push(listener),
  });
  const close = () => {
    for (const end of [near, far]) for (const listener of end.closeListeners.splice(0)) listener();
  };
  return { near: connect(near, far), far: connect(far, near), close };
}

interface WireEnd {
  deliver(message: string): void;
  listen(listener: (message: string) => void): void;
  readonly closeListeners: (() => void)[];
}

function createEnd(): WireEnd {
  const inbox: string[] = [];
  const listeners: ((message: string) => void)[] = [];
  const flush = () => {
    if (listeners.length === 0) return;
    for (const message of inbox.splice(0)) for (const listener of listeners) listener(message);
  };
  const later = () => void Promise.resolve().then(flush);
  return {
    closeListeners: [],
    deliver(message) {
      inbox.push(message);
      later();
    },
    listen(listener) {
      listeners.push(listener);
      later();
    },
  };
}
