/**
 * Everything a person can do has a command: toolbar, menus, keys, palette and tests run the same one.
 * Titles are keys of the string catalogue. Keys are tinykeys patterns (`w`, `$mod+o`, `Shift+?`).
 */
import { createStore } from 'zustand/vanilla';

export interface Command {
  /** `group.verb`, stable: scripts and tests use it. */
  readonly id: string;
  readonly titleKey: string;
  /** Stands in for `titleKey` where the name is a person's own and no key of the catalogue. */
  readonly title?: string;
  readonly groupKey: string;
  readonly keys: readonly string[];
  readonly run: () => void | Promise<void>;
  /** Absent: always. */
  readonly isEnabled?: () => boolean;
  /** For toggles and tools: is it on now. */
  readonly isActive?: () => boolean;
  /** The place in which its keys count; absent: both. */
  readonly place?: 'library' | 'reading';
}

export const commandStore = createStore<{ readonly commands: ReadonlyMap<string, Command> }>(() => ({
  commands: new Map(),
}));

/** Adds commands; the returned function takes them away again. A second command with an id already there replaces it. */
export function registerCommands(commands: readonly Command[]): () => void {
  commandStore.setState(({ commands: before }) => ({
    commands: new Map([...before, ...commands.map((command) => [command.id, command] as const)]),
  }));
  return () => {
    commandStore.setState(({ commands: before }) => ({
      commands: new Map([...before].filter(([, command]) => !commands.includes(command))),
    }));
  };
}

/** Runs a command if it exists and is enabled; says whether it did. */
export function runCommand(id: string): boolean {
  const command = commandStore.getState().commands.get(id);
  if (!command || command.isEnabled?.() === false) return false;
  void Promise.resolve(command.run()).catch(reportCommandFailure);
  return true;
}

/** Where a command's rejected promise goes: the app's notice area. Set once by the composition root. */
export function onCommandFailure(handler: (thrown: unknown) => void): void {
  failureHandler = handler;
}

let failureHandler: (thrown: unknown) => void = (thrown) => {
  throw thrown;
};

function reportCommandFailure(thrown: unknown): void {
  failureHandler(thrown);
}
