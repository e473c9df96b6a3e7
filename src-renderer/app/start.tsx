/** The composition root: connects the host, wires the features to each other, and draws the application. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { present } from '../../src-shared/base/assert';
import {
  createLibrarySession,
  librarySource,
  offerSearchCommands,
  registerLibraryCommands,
  sessionStore,
} from '../features/library';
import { followMedia, registerImportCommands } from '../features/import';
import { followLibraryMode, registerStorageCommands } from '../features/storage';
import { connectHost } from '../host';
import { App } from './App';
import { registerAppCommands } from './commands';
import { dispatchKeys } from './keyDispatch';
import { openImported, openPathsFromOutside, openStudiesByIds } from './opening';
import { followSettings } from './preferences';
import { preloadReading } from './reading';
import { reportUnexpected } from './unexpected';

export function start(): void {
  reportUnexpected();
  registerAppCommands();
  registerImportCommands(openImported);
  registerStorageCommands();
  registerLibraryCommands(openStudiesByIds);
  offerSearchCommands();
  dispatchKeys(window);
  // The connection store says how it goes; calls wait for the wire.
  connectHost().catch(() => undefined);
  const library = createLibrarySession(librarySource);
  sessionStore.setState({ session: library });
  createRoot(present(document.getElementById('root'), 'root element')).render(
    <StrictMode>
      <App library={library} />
    </StrictMode>,
  );
  followLibraryMode();
  followSettings(followMedia(openImported));
  openPathsFromOutside();
  preloadReading();
}
