/** From "Electron is ready" to a painted window, and only then everything else. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, ipcMain, Menu, nativeTheme, session, type BrowserWindow } from 'electron';
import type { Background } from './background';
import { hardenEveryPage, hardenSession, isOwnPage } from './hardening';
import { bringForward, createMainWindow } from './mainWindow';
import type { Prepared } from './prepare';
import type { SchemeParts } from './scheme';
import { serveScheme } from './serveScheme';

const WITHOUT_PAINT_MS = 1000;

export async function boot(prepared: Prepared): Promise<void> {
  hardenEveryPage();
  hardenSession(session.defaultSession);
  nativeTheme.themeSource = 'dark';
  setMenu();
  const background = Promise.withResolvers<Background>();
  const parts: SchemeParts = {
    rendererDirectory: fileURLToPath(new URL('../renderer', import.meta.url)),
    resolveBytes: async (kind, id) => (await background.promise).resolveBytes(kind, id),
  };
  const viteServer = process.env.ELECTRON_RENDERER_URL;
  if (viteServer !== undefined && !app.isPackaged) {
    const { serveDevelopment } = await import('./serveDevelopment');
    serveDevelopment(parts, viteServer);
  } else {
    serveScheme(parts);
  }
  const window = createMainWindow(join(app.getPath('userData'), 'window.json'));
  afterFirstPaint(window, () => {
    void import('./background').then(({ startBackground }) => background.resolve(startBackground(prepared, window)));
  });
  prepared.onAttention(() => bringForward(window));
  handPortsTo(window, background.promise);
  quitInOrder(background.promise);
}

/**
 * When the preload has seen the paint. "Ready to show" comes too early: starting a process then delays the picture that
 * is still on its way. It only sets the limit for a page that does not paint.
 */
function afterFirstPaint(window: BrowserWindow, start: () => void): void {
  let hasStarted = false;
  const startOnce = () => {
    if (!hasStarted) start();
    hasStarted = true;
  };
  ipcMain.once('isocenter:painted', startOnce);
  window.once('ready-to-show', () => setTimeout(startOnce, WITHOUT_PAINT_MS));
}

/** Only the window's own top page gets ports: not a frame, not a page that was navigated elsewhere. */
function handPortsTo(window: BrowserWindow, background: Promise<Background>): void {
  ipcMain.on('isocenter:page-ready', (event) => {
    const frame = event.senderFrame;
    if (event.sender !== window.webContents || !frame || frame.parent || !isOwnPage(frame.url)) return;
    void background.then((ready) => ready.connectPage(event.sender));
  });
}

/** The index is closed before the application ends. */
function quitInOrder(background: Promise<Background>): void {
  let hasStopped = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (hasStopped) return;
    event.preventDefault();
    const nothingStarted = new Promise<null>((resolve) => setImmediate(() => resolve(null)));
    void Promise.race([background, nothingStarted])
      .then((started) => started?.stop())
      .finally(() => {
        hasStopped = true;
        app.quit();
      });
  });
}

/** Keys belong to the page. macOS needs its menu for quitting and the clipboard. */
function setMenu(): void {
  const isMac = process.platform === 'darwin';
  Menu.setApplicationMenu(
    isMac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }]) : null,
  );
}
