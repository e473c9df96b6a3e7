/** Electron: ports come through the preload as window messages, a new services port after each restart. */
import { hostLink, servicesLink } from './clients';
import { setConnection } from './connection';
import { followServiceState } from './serviceState';
import { wireOfPort } from './wires';

/** What the preload exposes; see `src-preload/index.ts`. */
export interface PreloadBridge {
  /** Absolute path of a file or folder that the person dropped onto the page; empty when it has none. */
  pathOfFile(file: File): string;
}

declare global {
  interface Window {
    /** Present in Electron only. */
    readonly isocenterPreload?: PreloadBridge;
  }
}

export function connectToElectron(): void {
  window.addEventListener('message', onWindowMessage);
  window.postMessage({ isocenter: 'page-ready' }, location.origin);
}

function onWindowMessage(event: MessageEvent<unknown>): void {
  if (event.source !== window) return;
  const [port] = event.ports;
  if (!port) return;
  if (isMessage(event.data, 'services-port')) {
    servicesLink.switchTo(wireOfPort(port));
    setConnection('ready');
  }
  if (isMessage(event.data, 'shell-port')) {
    hostLink.switchTo(wireOfPort(port));
    followServiceState(() => undefined).catch(() => setConnection('lost', 'The window lost its connection.'));
  }
}

function isMessage(data: unknown, name: string): boolean {
  return typeof data === 'object' && data !== null && 'isocenter' in data && data.isocenter === name;
}
