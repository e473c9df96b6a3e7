/**
 * Where the window was, in a small file of its own: it is read before the window exists, where loading a settings
 * library would delay the first paint.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';

export interface RememberedWindow {
  readonly bounds: Rectangle | null;
  readonly isMaximized: boolean;
}

const NOTHING: RememberedWindow = { bounds: null, isMaximized: false };

/** What was stored in `file`; a file that is absent or damaged is nothing to remember. */
export function readWindowMemory(file: string): RememberedWindow {
  try {
    return parseRemembered(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return NOTHING;
  }
}

export function writeWindowMemory(file: string, memory: RememberedWindow): void {
  writeFileSync(`${file}.part`, JSON.stringify(memory));
  renameSync(`${file}.part`, file);
}

export function parseRemembered(stored: unknown): RememberedWindow {
  if (typeof stored !== 'object' || stored === null) return NOTHING;
  const { bounds, isMaximized } = stored as Partial<Record<keyof RememberedWindow, unknown>>;
  return { bounds: isRectangle(bounds) ? bounds : null, isMaximized: isMaximized === true };
}

function isRectangle(value: unknown): value is Rectangle {
  if (typeof value !== 'object' || value === null) return false;
  const rectangle = value as Partial<Record<keyof Rectangle, unknown>>;
  return (['x', 'y', 'width', 'height'] as const).every((key) => Number.isSafeInteger(rectangle[key]));
}
