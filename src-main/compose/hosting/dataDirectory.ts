/** Where the library, thumbnails and settings live when nobody says otherwise; the same for both hosts and the command line. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export function defaultDataDirectory(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Isocenter');
    case 'win32':
      return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Isocenter');
    default:
      return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'isocenter');
  }
}
