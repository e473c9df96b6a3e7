/** The same story in real Electron. */
import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { canShowWindows } from '../support/display';
import { startInElectron } from '../support/electronWorkstation';
import { builtElectronMain, electronPath } from '../support/programs';
import { skipUnless } from '../support/skip';
import { safetyStories } from './safety';
import { mainStory } from './story';

const whyNot =
  electronPath === null
    ? 'the Electron binary is not on this machine'
    : !canShowWindows
      ? 'no display and no Xvfb'
      : !existsSync(builtElectronMain)
        ? 'not built: npm run build'
        : null;

skipUnless(whyNot === null, whyNot ?? '')('Electron', () => {
  describe('main story', () => mainStory(startInElectron));
  describe('safety', () => safetyStories(startInElectron));
});
