/** What no page of ours may do: leave, open windows, embed others, ask for devices. Source: Electron's security checklist. */
import { app, type Session, type WebContents } from 'electron';
import { parseBytePath } from '../../compose/hosting/byteAddress';
import { PAGE_ORIGIN } from './scheme';

/** Writing text to the clipboard at a click of our own page is all that is granted: reports are made to be passed on. */
const GRANTED = 'clipboard-sanitized-write';

export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(permission === GRANTED && isOwnPage(requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) =>
      permission === GRANTED && isOwnPage(origin.endsWith('/') ? origin : `${origin}/`),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    const name = reportNameOf(item.getURL());
    if (name === null) event.preventDefault();
    else item.setSaveDialogOptions({ defaultPath: name, filters: [{ name: 'CSV', extensions: ['csv'] }] });
  });
}

/** For every page that will ever exist in this application. */
export function hardenEveryPage(): void {
  app.on('web-contents-created', (_event, contents) => hardenPage(contents));
}

function hardenPage(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
}

export function isOwnPage(address: string): boolean {
  return address === `${PAGE_ORIGIN}/` || address === `${PAGE_ORIGIN}/index.html`;
}

/** Of an import report of ours, which is all that may be kept as a file; the system asks where. */
function reportNameOf(address: string): string | null {
  const prefix = `${PAGE_ORIGIN}/`;
  const bytes = address.startsWith(prefix) ? parseBytePath(address.slice(prefix.length - 1)) : null;
  return bytes?.kind === 'report' ? `import-report-${String(bytes.id)}.csv` : null;
}
