/** The same story in real Electron. */
import { existsSync } from 'node:fs';
import { canShowWindows } from '../support/display';
import { startInElectron } from '../support/electronWorkstation';
import { builtElectronMain, electronPath } from '../support/programs';
import { skipUnless } from '../support/skip';
import { mainStory } from './story';

skipUnless(electronPath !== null, 'the Electron binary is not on this machine')('Electron', () => {
  skipUnless(canShowWindows, 'no display and no Xvfb')('with a window', () => {
    skipUnless(existsSync(builtElectronMain), 'not built: npm run build')('main story', () =>
      mainStory(startInElectron),
    );
  });
});
