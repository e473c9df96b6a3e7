/** The story in a real Chromium against the node host. */
import { existsSync } from 'node:fs';
import { describe } from 'vitest';
import { startInBrowser } from '../support/browserWorkstation';
import { builtNodeHost, chromiumPath } from '../support/programs';
import { skipUnless } from '../support/skip';
import { safetyStories } from './safety';
import { mainStory } from './story';

const whyNot = !existsSync(chromiumPath)
  ? `no Chromium at ${chromiumPath}`
  : !existsSync(builtNodeHost)
    ? 'not built: npm run build'
    : null;

skipUnless(whyNot === null, whyNot ?? '')('browser mode', () => {
  describe('main story', () => mainStory(startInBrowser));
  describe('safety', () => safetyStories(startInBrowser));
});
