/** `dcm dump FILE [--json]`: every element of one file. */
import { readFile } from 'node:fs/promises';
import { AppError } from '../../src-shared/base/appError';
import { dumpFile, type Dump, type DumpedElement } from '../../src-shared/dataset/dump';
import { recogniseDicom } from '../../src-shared/dataset/header';
import { parseCommandLine, UsageError, type CliIo, type ExitStatus } from './io';

const MAX_LINE_TEXT = 200;

export async function runDump(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values, positionals } = parseCommandLine({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('dump needs exactly one file');
  const dump = dumpFile(await dicomBytes(path));
  if (values.json) {
    const elements = dump.elements.map(jsonElement);
    await io.out(JSON.stringify({ path, transferSyntax: dump.transferSyntaxUid, elements, problem: dump.problem }));
  } else await printText(dump, io);
  return dump.problem === null ? 0 : 1;
}

/** @throws `file/not-found`, `file/unreadable`, `file/empty`, `file/not-dicom` */
async function dicomBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await readFile(path).catch((thrown: unknown) => {
    const isMissing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    if (isMissing) throw new AppError('file/not-found', 'There is no such file.', {}, thrown);
    throw new AppError('file/unreadable', 'The file cannot be read.', {}, thrown);
  });
  if (file.length === 0) throw new AppError('file/empty', 'The file is empty.');
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  if (recogniseDicom(bytes) !== 'dicom') throw new AppError('file/not-dicom', 'This file is not DICOM.');
  return bytes;
}

async function printText(dump: Dump, io: CliIo): Promise<void> {
  for (const element of dump.elements) await printElement(element, '', io);
  if (dump.problem !== null) io.err(dump.problem);
}

async function printElement(element: DumpedElement, indent: string, io: CliIo): Promise<void> {
  const tag = `(${element.tag.slice(0, 4)},${element.tag.slice(4)})`;
  const name = `${indent}${tag} ${element.vr || '--'} ${element.keyword || '(unknown)'}`;
  await io.out(`${name}: ${summaryOf(element)}`);
  for (const [index, item] of (element.items ?? []).entries()) {
    await io.out(`${indent}  item ${index + 1}`);
    for (const inner of item) await printElement(inner, `${indent}    `, io);
  }
}

function summaryOf({ values, items, length }: DumpedElement): string {
  if (items) return `${items.length} item${items.length === 1 ? '' : 's'}`;
  if (!values) return length === null ? 'fragments' : `${length} bytes`;
  // Control characters would move the cursor of the terminal.
  const text = values.join('\\').replace(/\p{Cc}+/gu, ' ');
  return text.length > MAX_LINE_TEXT ? `${text.slice(0, MAX_LINE_TEXT)}…` : text;
}

interface JsonElement {
  readonly tag: string;
  readonly vr: string;
  readonly keyword: string;
  readonly length: number | null;
  readonly value?: string | number | null | readonly (string | number | null)[];
  readonly items?: readonly (readonly JsonElement[])[];
}

function jsonElement({ tag, vr, keyword, length, values, items }: DumpedElement): JsonElement {
  const [first = ''] = values ?? [];
  return {
    tag,
    vr,
    keyword,
    length,
    ...(values ? { value: values.length > 1 ? values : first } : {}),
    ...(items ? { items: items.map((item) => item.map(jsonElement)) } : {}),
  };
}
