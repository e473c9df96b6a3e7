/** The page's own files by address, and nothing outside their folder. */
import { join, normalize, sep } from 'node:path';

/** A file below `directory`, or `null` when the address would leave it. */
export function rendererFile(directory: string, pathname: string): string | null {
  const relative = decode(pathname === '/' ? '/index.html' : pathname);
  if (relative === null || relative.includes('\0') || relative.includes('\\')) return null;
  const path = normalize(join(directory, relative));
  return path.startsWith(directory + sep) ? path : null;
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
