/**
 * Hands the page its message ports, and says where a dropped file lies, which a sandboxed page cannot ask
 * (`docs/decisions/0003-preload-paths.md`). Nothing else: no `ipcRenderer`, no general `send`.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

const PORTS = ['services-port', 'shell-port'] as const;

contextBridge.exposeInMainWorld('isocenterPreload', {
  pathOfFile: (file: File) => webUtils.getPathForFile(file),
});

for (const name of PORTS) {
  ipcRenderer.on(`isocenter:${name}`, (event) => {
    // The page sees only its own windows' messages; the origin keeps ports from a page that was navigated elsewhere.
    window.postMessage({ isocenter: name }, location.origin, [...event.ports]);
  });
}

// What is behind the window is started once its first paint is on screen, which only the page's side can see.
const paintObserver = new PerformanceObserver(() => {
  paintObserver.disconnect();
  ipcRenderer.send('isocenter:painted');
});
paintObserver.observe({ type: 'paint', buffered: true });

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source === window && isPageReady(event.data)) ipcRenderer.send('isocenter:page-ready');
});

function isPageReady(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'isocenter' in data && data.isocenter === 'page-ready';
}
