/** Entry of the service process (Electron's `utilityProcess`): a Node process that may crash without the window. */
import { createFileLog } from '../../compose/hosting/fileLog';
import { settingsFileOverLink } from '../../compose/hosting/settingsWire';
import { createServiceBody } from '../../compose/hosting/serviceBody';
import { createServices } from '../../compose/services';
import { createSwitchingLink } from '../../../src-shared/rpc/switchingLink';
import { wireOfMainPort } from './portWire';
import type { FromService, ToService } from './serviceMessages';

const dataDirectory = process.argv.at(-1) ?? '.';
const post = (message: FromService) => process.parentPort.postMessage(message);
const log = createFileLog(dataDirectory, 'service');
const settingsLink = createSwitchingLink();

const body = createServiceBody({
  platform: {
    dataDirectory,
    settingsFile: settingsFileOverLink(settingsLink),
    workerUrl: (name) => new URL(`./${name}.js`, import.meta.url),
    nowMs: () => Date.now(),
    log,
  },
  createServices,
  onStarted: () => post({ kind: 'started' }),
  onCannotStart: (reason) => post({ kind: 'cannot-start', reason }),
});

process.parentPort.on('message', ({ data, ports }) => {
  const message = data as ToService;
  const [port] = ports;
  if (message.kind === 'connect' && port) body.connect(message.peer, wireOfMainPort(port));
  if (message.kind === 'settings' && port) settingsLink.switchTo(wireOfMainPort(port));
  if (message.kind === 'stop') void body.dispose().then(() => process.exit());
});
