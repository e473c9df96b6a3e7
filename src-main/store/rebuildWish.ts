/** A note beside the index that says: this one works no more, build it anew at the next opening. */
import { join } from 'node:path';
import type { FileCalls } from './fileCalls';

export function wishRebuild(directory: string, calls: FileCalls): void {
  calls.write(wishFile(directory), 'The index is damaged and is built anew when the library is next opened.\n', 'new');
}

export function isRebuildWished(directory: string, calls: FileCalls): boolean {
  return calls.facts(wishFile(directory)) !== null;
}

export function forgetWish(directory: string, calls: FileCalls): void {
  calls.remove(wishFile(directory));
}

function wishFile(directory: string): string {
  return join(directory, 'rebuild.wanted');
}
