/**
 * Where dropped files are, as paths the services can open. In Electron the preload names them; a browser does not tell
 * paths, so the files themselves go to the node host, which answers where it put them.
 */
import { AppError } from '../../src-shared/base/appError';

/** Call inside the `drop` handler: the browser empties `transfer` when the handler returns. */
export function pathsOfDrop(transfer: DataTransfer): Promise<string[]> {
  const bridge = window.isocenterPreload;
  if (bridge) {
    const paths = [...transfer.files].map((file) => bridge.pathOfFile(file)).filter((path) => path !== '');
    return Promise.resolve(paths);
  }
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry() ?? item.getAsFile())
    .filter((entry) => entry !== null);
  return uploadAll(entries);
}

interface DroppedFile {
  readonly file: File;
  /** Inside the drop: `/CD/DICOMDIR`. */
  readonly path: string;
}

/** So many of what was dropped are opened one by one; more are opened as the folder in which they lie. */
const MOST_PATHS = 1000;

/** One folder on the host holds everything of this drop; it is answered once everything is there. */
async function uploadAll(entries: readonly (FileSystemEntry | File)[]): Promise<string[]> {
  const dropId = crypto.randomUUID().replaceAll('-', '');
  const tops = new Set<string>();
  let folder: string | null = null;
  let index = 0;
  for (const entry of entries) {
    for await (const { file, path } of filesOf(entry)) {
      const placed = await upload(file, `/dropped/${dropId}/${String(index)}?path=${encodeURIComponent(path)}`);
      folder = placed.folder;
      tops.add(placed.top);
      index += 1;
    }
  }
  return folder === null || tops.size <= MOST_PATHS ? [...tops] : [folder];
}

async function* filesOf(entry: FileSystemEntry | File): AsyncGenerator<DroppedFile> {
  if (entry instanceof File) yield { file: entry, path: `/${entry.name}` };
  else if (entry.isFile) yield { file: await fileOf(entry as FileSystemFileEntry), path: entry.fullPath };
  else if (entry.isDirectory) {
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    // Chromium gives at most 100 entries a call; an empty answer is the end.
    for (let batch = await readBatch(reader); batch.length > 0; batch = await readBatch(reader)) {
      for (const child of batch) yield* filesOf(child);
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function readBatch(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

async function upload(file: File, url: string): Promise<{ readonly folder: string; readonly top: string }> {
  const response = await fetch(url, { method: 'POST', body: file });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && isAnswer(answer, 'folder') && isAnswer(answer, 'top')) return answer;
  const reason = isAnswer(answer, 'reason') ? answer.reason : 'The dropped files could not be handed over.';
  throw new AppError(response.status === 507 ? 'store/disk-full' : 'service/failed', reason, {
    status: response.status,
  });
}

function isAnswer<K extends string>(answer: unknown, key: K): answer is Record<K, string> {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    key in answer &&
    typeof (answer as Record<K, unknown>)[key] === 'string'
  );
}
