/** The story in a real Chromium against the node host. */
import { existsSync } from 'node:fs';
import { startInBrowser } from '../support/browserWorkstation';
import { builtNodeHost, chromiumPath } from '../support/programs';
import { skipUnless } from '../support/skip';
import { mainStory } from './story';

skipUnless(existsSync(chromiumPath), `no Chromium at ${chromiumPath}`)('browser mode', () => {
  skipUnless(existsSync(builtNodeHost), 'not built: npm run build')('main story', () => mainStory(startInBrowser));
});
