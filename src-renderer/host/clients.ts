/** The two typed clients of the page. They live as long as the page; their wires come and go. */
import type { ContractRouterClient } from '@orpc/contract';
import type { hostContract, servicesContract } from '../../src-shared/contract';
import { createClient } from '../../src-shared/rpc/client';
import { createSwitchingLink } from '../../src-shared/rpc/switchingLink';

export type ServicesClient = ContractRouterClient<typeof servicesContract>;
export type ShellClient = ContractRouterClient<typeof hostContract>['shell'];

export const servicesLink = createSwitchingLink();
export const hostLink = createSwitchingLink();

const servicesClient = createClient<typeof servicesContract>(servicesLink);
const hostClient = createClient<typeof hostContract>(hostLink);

/** The services of the background process. Failures are `AppError`s; `service/gone` when it died under the call. */
export const services = (): ServicesClient => servicesClient;

/** What the host itself answers: dialogs, paths handed over by the system. */
export const shell = (): ShellClient => hostClient.shell;
