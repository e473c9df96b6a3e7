/** What the service says of a running import, applied to what is known of it: pure, one case for each event. */
import type { ImportEvent } from '../../../src-shared/contract';
import { NO_CHOICE, withTree } from './choosing/choice';
import type { ImportJob, PasswordRequest, RunningImport } from './importStore';

export function startedImport(job: ImportJob): RunningImport {
  return {
    job,
    jobId: null,
    sources: [],
    progress: null,
    tree: null,
    isTreeComplete: false,
    choice: NO_CHOICE,
    isChosen: false,
    pause: null,
    passwords: [],
    isCancelling: false,
  };
}

export function applyEvent(running: RunningImport, event: ImportEvent): RunningImport {
  switch (event.kind) {
    case 'started':
      return { ...running, jobId: event.jobId, sources: event.sources };
    case 'progress':
      return { ...running, progress: event.progress };
    case 'tree':
      return {
        ...running,
        tree: event.tree,
        isTreeComplete: event.isComplete,
        choice: withTree(running.choice, running.tree, event.tree),
      };
    case 'password':
      return { ...running, passwords: [...without(running.passwords, event.archiveId), requestOf(event)] };
    case 'paused':
      return { ...running, pause: event.pause };
    case 'resumed':
      return { ...running, pause: null };
    case 'report':
      return { ...running, pause: null, passwords: [] };
  }
}

/** The archive got an answer; it asks again if the password was wrong. */
export function withAnswer(running: RunningImport, archiveId: number): RunningImport {
  return { ...running, passwords: without(running.passwords, archiveId) };
}

/** The answer did not arrive: the question of `before` stands, unless it was asked again meanwhile. */
export function withQuestionAgain(running: RunningImport, before: RunningImport, archiveId: number): RunningImport {
  const isThere = running.jobId !== before.jobId || running.passwords.some((each) => each.archiveId === archiveId);
  const asked = before.passwords.filter((each) => each.archiveId === archiveId);
  return isThere ? running : { ...running, passwords: [...running.passwords, ...asked] };
}

function requestOf({ archiveId, label, wasWrong }: PasswordRequest): PasswordRequest {
  return { archiveId, label, wasWrong };
}

function without(passwords: readonly PasswordRequest[], archiveId: number): readonly PasswordRequest[] {
  return passwords.filter((request) => request.archiveId !== archiveId);
}
