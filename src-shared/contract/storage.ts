/** The library as files on this disk: how much, from where, whether it is sound. */
import './withoutEval';
import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { SourceKind } from './import';

/** Whether changes can be kept. */
export type LibraryMode =
  | { readonly mode: 'read-write' }
  /** `reason` is a sentence for the user. */
  | {
      readonly mode: 'read-only';
      readonly cause: 'locked' | 'folder-read-only' | 'newer-version';
      readonly reason: string;
    };

export interface StorageUsage {
  /** Where the library is, as the user's system writes paths. */
  readonly directory: string;
  readonly copiedBytes: number;
  /** `null`: no limit. */
  readonly quotaBytes: number | null;
  readonly freeBytes: number;
  /** What eviction could free: copies that can be fetched again and are not pinned. */
  readonly evictableBytes: number;
  readonly trashBytes: number;
  readonly asideBytes: number;
  readonly bySource: readonly SourceUsage[];
}

export interface SourceUsage {
  readonly sourceId: number;
  readonly kind: SourceKind;
  readonly label: string;
  readonly studies: number;
  readonly instances: number;
  readonly copiedBytes: number;
  readonly referencedBytes: number;
}

export interface VerifyProgress {
  readonly checked: number;
  readonly total: number;
}

/** Of `Verify library`. Repaired means: the index now says what the disk holds, and what could be got back was. */
export interface VerifyReport {
  readonly checked: number;
  /** Rows whose file is gone; marked as missing. */
  readonly missing: number;
  /** Copies whose bytes are not those that were taken in; moved aside, and marked as missing where `restored` is less. */
  readonly damaged: number;
  /** Of the copies that were damaged or gone: copied again from where they once came, byte for byte. */
  readonly restored: number;
  /** Copies without a row that were put back into the index. */
  readonly adopted: number;
  /** Copies without a row that hold nothing readable; moved aside. */
  readonly unreadable: number;
  /** Unfinished files of interrupted imports that were removed. */
  readonly leftovers: number;
  /** Rows that contradicted each other (counts, references) and were put right. */
  readonly corrected: number;
  readonly seconds: number;
  readonly wasCancelled: boolean;
}

export type VerifyEvent =
  | { readonly kind: 'progress'; readonly progress: VerifyProgress }
  | { readonly kind: 'report'; readonly report: VerifyReport };

/** A removable volume that is there, or has just gone. */
export interface MediumEvent {
  readonly kind: 'appeared' | 'removed';
  readonly path: string;
  readonly label: string;
  readonly isOptical: boolean;
  /** There is a DICOMDIR at its top. */
  readonly hasDirectory: boolean;
}

export const storageContract = {
  /** The present mode first, then each change. */
  mode: oc.output(eventIterator(type<LibraryMode>())),
  usage: oc.output(type<StorageUsage>()),
  /** `isDeep`: reads every copy and compares its hash. Leaving the iteration cancels. */
  verify: oc.input(z.object({ isDeep: z.boolean() })).output(eventIterator(type<VerifyEvent>())),
  /** Builds the index anew from the files it knows and the copies it finds; tags, comments and read states are kept by UID. */
  rebuild: oc.output(eventIterator(type<VerifyEvent>())),
  /** Evicts until copies take at most this many bytes, least recently used first. */
  makeRoom: oc
    .input(z.object({ targetBytes: z.number().nonnegative() }))
    .output(type<{ readonly freedBytes: number; readonly studies: number }>()),
  /** Volumes that are there now come first. */
  media: oc.output(eventIterator(type<MediumEvent>())),
};
