/** The composition root: connects the host, wires the features to each other, and draws the application. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { present } from '../../src-shared/base/assert';
import { createLibraryMirror, librarySource, registerLibraryCommands } from '../features/library';
import { followMedia, registerImportCommands } from '../features/import';
import { followLibraryMode, registerStorageCommands } from '../features/storage';
import { connectHost } from '../host';
import { App } from './App';
import { registerAppCommands } from './commands';
import { dispatchKeys } from './keyDispatch';
import { openStudyById, openImported, openPathsFromOutside } from './opening';
import { followSettings } from './preferences';
import { preloadReading } from './reading';
import { reportUnexpected } from './unexpected';

export function start(): void {
  reportUnexpected();
  registerAppCommands();
  registerImportCommands(openImported);
  registerStorageCommands();
  registerLibraryCommands(openStudyById);
  dispatchKeys(window);
  // The connection store says how it goes; calls wait for the wire.
  connectHost().catch(() => undefined);
  const mirror = createLibraryMirror(librarySource);
  createRoot(present(document.getElementById('root'), 'root element')).render(
    <StrictMode>
      <App mirror={mirror} />
    </StrictMode>,
  );
  followLibraryMode();
  followSettings(followMedia(openImported));
  openPathsFromOutside();
  preloadReading();
}
