/** The settings file of a host, for a service process that does not own it. */
import { oc, type } from '@orpc/contract';
import { implement, type AnyRouter } from '@orpc/server';
import { z } from 'zod';
import { createClient, type CallLink } from '../../../src-shared/rpc/client';
import type { SettingsFile } from '../platform';

const values = z.record(z.string(), z.unknown());

export const settingsFileContract = {
  read: oc.output(type<Readonly<Record<string, unknown>>>()),
  write: oc.input(values),
};

export function createSettingsRouter(file: SettingsFile): AnyRouter {
  const os = implement(settingsFileContract);
  return os.router({
    read: os.read.handler(() => file.read()),
    write: os.write.handler(({ input }) => file.write(input)),
  });
}

export function settingsFileOverLink(link: CallLink): SettingsFile {
  const client = createClient<typeof settingsFileContract>(link);
  return {
    read: () => client.read(),
    write: async (next) => {
      await client.write({ ...next });
    },
  };
}
