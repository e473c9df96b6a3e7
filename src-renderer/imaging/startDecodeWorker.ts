import type { DecodeReply } from './decodeProtocol';
import type { StartDecodeWorker } from './decodePool';

/** A web worker of its own: decoders run nowhere else. */
export const startDecodeWorker: StartDecodeWorker = ({ onReply, onCrash }) => {
  const worker = new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module', name: 'decode' });
  worker.onmessage = (event: MessageEvent<DecodeReply>) => onReply(event.data);
  worker.onmessageerror = () => onCrash('its answer could not be read');
  worker.onerror = (event) => {
    event.preventDefault();
    onCrash(event.message);
  };
  return {
    post: (request) => worker.postMessage(request),
    terminate() {
      worker.onmessage = null;
      worker.onmessageerror = null;
      worker.onerror = null;
      worker.terminate();
    },
  };
};
