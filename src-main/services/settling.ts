/** Arrivals whose SOP Instance UID is known with as many bytes: only their content tells whether they are the same. */
import type { FileSlice, MediaEntry } from '../media/source';
import type { Incoming, IntakeOutcome } from '../store';
import type { ScanResult } from '../workers/scanTask';
import type { DiskPauses } from './diskPauses';
import type { ImportParts } from './importParts';

type Unsettled = Extract<IntakeOutcome, { kind: 'unsettled' }>;
type Final = Exclude<IntakeOutcome, Unsettled>;
type Failed = Extract<ScanResult, { kind: 'failed' }>;

/** An instance that was read and is offered to the library. */
export interface Arrived {
  readonly entry: MediaEntry;
  readonly result: Extract<ScanResult, { kind: 'header' }>;
  readonly incoming: Incoming;
}

export interface Settled {
  readonly arrived: Arrived;
  /** `failed`: the arriving file could not be read a second time. */
  readonly outcome: Final | Failed;
}

interface Question {
  readonly arrived: Arrived;
  readonly unsettled: Unsettled;
}

export interface SettlingNeeds {
  readonly parts: Pick<ImportParts, 'store' | 'pool' | 'nowMs'>;
  readonly disk: DiskPauses;
}

export class Settling {
  readonly #needs: SettlingNeeds;

  constructor(needs: SettlingNeeds) {
    this.#needs = needs;
  }

  /** In the order of the arrivals; those that a cancellation left unsettled are not in it. */
  async settle(arrived: readonly Arrived[], outcomes: readonly IntakeOutcome[]): Promise<Settled[]> {
    const answers = await this.#answers(questionsOf(arrived, outcomes));
    return arrived.flatMap((one, index): Settled[] => {
      const outcome = outcomes[index];
      if (!outcome) return [];
      const final = outcome.kind === 'unsettled' ? answers.get(one) : outcome;
      return final ? [{ arrived: one, outcome: final }] : [];
    });
  }

  async #answers(questions: readonly Question[]): Promise<ReadonlyMap<Arrived, Settled['outcome']>> {
    const answers = new Map<Arrived, Settled['outcome']>();
    if (questions.length === 0) return answers;
    const arriving = await this.#digests(questions, arrivingDigest, ({ arrived }) => arrived.entry.slice);
    const known = await this.#digests(questions, knownDigest, ({ unsettled }) => wholeFile(unsettled.knownPath));
    for (const [index, { arrived }] of questions.entries()) {
      const mine = arriving[index];
      const theirs = known[index];
      if (mine?.kind === 'failed') answers.set(arrived, mine);
      else {
        // A known file that cannot be read proves nothing: what arrives is kept beside it.
        const isSame = mine !== undefined && theirs?.kind === 'digest' && mine.sha256 === theirs.sha256;
        const final = await this.#settleOne(arrived.incoming, isSame);
        if (final) answers.set(arrived, final);
      }
    }
    return answers;
  }

  async #settleOne(incoming: Incoming, isSame: boolean): Promise<Final | null> {
    const { parts, disk } = this.#needs;
    const outcome = await disk.untilRoom(() => parts.store.intake.settle(incoming, isSame, parts.nowMs()));
    if (outcome === null) parts.store.intake.discard([incoming]);
    return outcome?.kind === 'unsettled' ? null : outcome;
  }

  /** Read only where nobody knows them yet. */
  async #digests(
    questions: readonly Question[],
    digestOf: (question: Question) => string | null,
    sliceOf: (question: Question) => FileSlice,
  ): Promise<(Digest | Failed)[]> {
    const unknown = questions.filter((question) => digestOf(question) === null);
    const read = await this.#needs.parts.pool.run({ task: 'digest', slices: unknown.map(sliceOf) });
    const results = new Map(unknown.map((question, index) => [question, read[index]]));
    return questions.map((question) => {
      const sha256 = digestOf(question);
      if (sha256 !== null) return { kind: 'digest', sha256 };
      const result = results.get(question);
      return result?.kind === 'digest' || result?.kind === 'failed' ? result : gone;
    });
  }
}

type Digest = Extract<ScanResult, { kind: 'digest' }>;

const gone: Failed = {
  kind: 'failed',
  code: 'file/not-found',
  reason: 'The file is not there (any more).',
  isDicom: true,
  systemCode: '',
};

function questionsOf(arrived: readonly Arrived[], outcomes: readonly IntakeOutcome[]): Question[] {
  return arrived.flatMap((one, index) => {
    const outcome = outcomes[index];
    return outcome?.kind === 'unsettled' ? [{ arrived: one, unsettled: outcome }] : [];
  });
}

function arrivingDigest({ arrived }: Question): string | null {
  const { arrival } = arrived.incoming;
  return arrival.kind === 'copy' ? arrival.originSha256 : null;
}

function knownDigest({ unsettled }: Question): string | null {
  return unsettled.knownSha256;
}

function wholeFile(path: string): FileSlice {
  return { path, offset: 0, sizeBytes: null };
}
