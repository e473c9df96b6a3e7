/** The window: dark from its first pixel, where it was last time, shown when the page has painted. */
import { fileURLToPath } from 'node:url';
import { BrowserWindow, screen, type Rectangle } from 'electron';
import { PAGE_ORIGIN } from './scheme';
import { readWindowMemory, writeWindowMemory } from './windowMemory';

/** The reading room's ground colour; the page's own style sheet has the same. */
const BACKGROUND = '#0a0c0e';
const DEFAULT_SIZE = { width: 1600, height: 1000 };

/** `memoryFile` keeps the bounds. */
export function createMainWindow(memoryFile: string): BrowserWindow {
  const last = readWindowMemory(memoryFile);
  const window = new BrowserWindow({
    ...DEFAULT_SIZE,
    ...(last.bounds && isOnScreen(last.bounds) ? last.bounds : {}),
    minWidth: 900,
    minHeight: 600,
    show: false,
    backgroundColor: BACKGROUND,
    title: 'Isocenter',
    autoHideMenuBar: true,
    webPreferences: {
      preload: fileURLToPath(new URL('../preload/index.cjs', import.meta.url)),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => {
    if (last.isMaximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    writeWindowMemory(memoryFile, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
  });
  void window.loadURL(`${PAGE_ORIGIN}/`);
  return window;
}

export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

/** A monitor may have been unplugged since: the window's middle must be on one that is there. */
function isOnScreen(bounds: Rectangle): boolean {
  const x = bounds.x + bounds.width / 2;
  const y = bounds.y + bounds.height / 2;
  return screen.getAllDisplays().some(({ workArea }) => {
    const insideX = x >= workArea.x && x < workArea.x + workArea.width;
    return insideX && y >= workArea.y && y < workArea.y + workArea.height;
  });
}
