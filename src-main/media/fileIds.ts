/**
 * Referenced File IDs of a DICOMDIR as places on its medium, and names of files as they compare with them. By the Standard a
 * component is eight of `A-Z 0-9 _`; file systems change case and add versions, dots and extensions, writers do worse.
 * Nothing here touches a disk: an ID can only ever match a file that was found on the medium. Source: PS3.10 8.5, 8.2.
 */

export type PlacedId =
  | { readonly kind: 'place'; readonly path: string }
  /** It names a place outside the medium, or none. */
  | { readonly kind: 'outside' };

/** `folder`: that of the DICOMDIR, ending with `/`, or `''`. */
export function placeOf(fileId: readonly string[], folder: string): PlacedId {
  const parts = fileId.flatMap((component) => component.split(/[/\\]/)).map((part) => part.trim());
  const isInside = parts.length > 0 && parts.every((part) => part !== '' && !/^\.{1,2}$|[\0:]/.test(part));
  return isInside ? { kind: 'place', path: folder + parts.join('/') } : { kind: 'outside' };
}

/** For people: on one line, whatever it holds. */
export function shownId(fileId: readonly string[], folder: string): string {
  return folder + fileId.join('/').replace(/\p{C}/gu, '\uFFFD');
}

/** Equal for names that may be the same file: case, `;1`, closing dots and `.dcm` set aside. */
export function looseKey(path: string): string {
  return path
    .split('/')
    .map((part) => plainPart(part).replace(/\.dcm$/, ''))
    .join('/');
}

/** How well a found file fits a place: 0 exactly, 1 but for what file systems change, 2 but for its extension. */
export function fitOf(path: string, place: string): 0 | 1 | 2 {
  if (path === place) return 0;
  return plainPath(path) === plainPath(place) ? 1 : 2;
}

function plainPath(path: string): string {
  return path.split('/').map(plainPart).join('/');
}

function plainPart(part: string): string {
  return part.toLowerCase().replace(/;\d+$/, '').replace(/\.+$/, '');
}

/** Ends with `/`; `''` for what lies at the top. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
