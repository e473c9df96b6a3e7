/**
 * Keeps one service process alive for a host: starts it, starts it again when it dies, and says so. What a process is
 * (Electron's utility process, Node's child process) is the host's; when to try again is `restartPolicy`'s.
 */
import type { ServiceState } from '../../../src-shared/contract';
import { createRestartPolicy } from './restartPolicy';

/** A started service process as a host wraps it. */
export interface ServiceProcess {
  /** At most once: the services stand and answer. */
  onStarted(listener: () => void): void;
  /** At most once; `reason` is the sentence the process left when it could not start at all (locked library, newer version). */
  onExit(listener: (reason: string | null) => void): void;
  kill(): void;
}

export interface Supervisor<P extends ServiceProcess> {
  readonly state: ServiceState;
  /** The process, whether it answers already or not; `null` while there is none. */
  readonly process: P | null;
  start(): void;
  /** Kills the process without starting it again. */
  stop(): void;
}

export interface SupervisorOptions<P extends ServiceProcess> {
  fork(): P;
  /** After every change; with `running`, `process` is a new one. */
  onChange(state: ServiceState): void;
  nowMs(): number;
}

const RESTARTING = 'The background service stopped unexpectedly and is being restarted. What is on screen stays.';
const GAVE_UP =
  'The background service stopped five times within a minute. Close Isocenter and start it again; if this goes on, look into its log.';

export function createSupervisor<P extends ServiceProcess>(options: SupervisorOptions<P>): Supervisor<P> {
  const policy = createRestartPolicy(() => options.nowMs());
  let current: P | null = null;
  let state: ServiceState = { status: 'restarting', message: '' };
  let isStopped = false;
  let generation = 0;
  let timer: NodeJS.Timeout | undefined;

  const change = (next: ServiceState) => {
    state = next;
    options.onChange(next);
  };
  const afterExit = (reason: string | null) => {
    current = null;
    if (isStopped) return;
    const decision = reason === null ? policy.afterDeath() : null;
    if (decision?.kind === 'restart') {
      change({ status: 'restarting', message: RESTARTING });
      timer = setTimeout(start, decision.delayMs);
    } else {
      change({ status: 'failed', message: reason ?? GAVE_UP });
    }
  };
  const start = () => {
    if (isStopped) return;
    const mine = options.fork();
    current = mine;
    mine.onExit(afterExit);
    mine.onStarted(() => {
      generation += 1;
      if (current === mine) change({ status: 'running', generation });
    });
  };

  return {
    get state() {
      return state;
    },
    get process() {
      return current;
    },
    start,
    stop() {
      isStopped = true;
      clearTimeout(timer);
      current?.kill();
    },
  };
}
