/** Entry of the forked service process of browser mode. */
import { createServiceBody } from '../../compose/hosting/serviceBody';
import { createFileLog } from '../../compose/hosting/fileLog';
import { createSettingsFile } from '../../compose/hosting/settingsFile';
import { createServices } from '../../compose/services';
import { createChannelTable, type ChannelMessage } from './childChannels';
import { parseHostArguments } from './arguments';

const post = (message: ChannelMessage) => process.send?.(message);
const { dataDirectory } = parseHostArguments(process.argv.slice(2), process.cwd());
const log = createFileLog(dataDirectory, 'service');

const body = createServiceBody({
  platform: {
    dataDirectory,
    settingsFile: createSettingsFile(dataDirectory, log),
    workerUrl: (name) => new URL(`./${name}.js`, import.meta.url),
    nowMs: () => Date.now(),
    log,
  },
  createServices,
  onStarted: () => void post({ kind: 'started' }),
  onCannotStart(reason) {
    post({ kind: 'cannot-start', reason });
    process.exitCode = 1;
    process.disconnect();
  },
});
const table = createChannelTable(post);

async function stop(): Promise<void> {
  table.closeAll();
  await body.dispose();
  process.exit();
}

process.on('message', (message) => {
  const received = message as ChannelMessage;
  if (received.kind === 'open') body.connect(received.peer, table.open(received.channel));
  else if (received.kind === 'stop') void stop();
  else table.receive(received);
});
// The host died: nobody is left to serve.
process.on('disconnect', () => void stop());
// The terminal sends these to the whole group; the host decides, in order.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
