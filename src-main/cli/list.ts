/** `dcm list`: what the library holds, or what of it passes the given filters. */
import type { StudyFilter } from '../../src-shared/contract';
import { createServices } from '../compose/services';
import { cliPlatform, parseCommandLine, UsageError, type CliIo, type ExitStatus } from './io';
import { listLibrary, type ListedLibrary } from './listLibrary';

export const listUsage =
  'list [--text WORDS] [--name WORDS] [--id ID] [--accession NUMBER] [--modality NAME]… [--from YYYYMMDD] ' +
  '[--to YYYYMMDD] [--tag TAG]… [--trash] [--library DIR] [--json]';

const DAY = /^\d{8}$/;

export async function runList(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values } = parseCommandLine({
    args: [...args],
    options: {
      text: { type: 'string' },
      name: { type: 'string' },
      id: { type: 'string' },
      accession: { type: 'string' },
      modality: { type: 'string', multiple: true },
      from: { type: 'string' },
      to: { type: 'string' },
      tag: { type: 'string', multiple: true },
      trash: { type: 'boolean' },
      library: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: false,
  });
  const filter = filterOf(values);
  const services = await createServices(cliPlatform(io, values.library), { background: false });
  try {
    await services.library.checkFiles();
    const listed = listLibrary(services, filter);
    await io.out(values.json ? JSON.stringify(listed) : table(listed));
    return 0;
  } finally {
    await services.dispose();
  }
}

interface Wanted {
  readonly text?: string | undefined;
  readonly name?: string | undefined;
  readonly id?: string | undefined;
  readonly accession?: string | undefined;
  readonly modality?: readonly string[] | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly trash?: boolean | undefined;
}

function filterOf({ text, name, id, accession, modality, from, to, tag, trash }: Wanted): StudyFilter {
  for (const day of [from, to]) {
    if (day !== undefined && !DAY.test(day)) throw new UsageError(`${day} is no day: write it as YYYYMMDD`);
  }
  return {
    text,
    patientName: name,
    patientId: id,
    accessionNumber: accession,
    modalities: modality && [...modality],
    studyDateFrom: from,
    studyDateTo: to,
    tags: tag && [...tag],
    isInTrash: trash,
  };
}

function table({ patients }: ListedLibrary): string {
  if (patients.length === 0) return 'No study here.';
  const lines: string[] = [];
  for (const patient of patients) {
    lines.push(`${patient.name || '(no name)'}  ${patient.patientId}  ${patient.birthDate}  ${patient.sex}`.trimEnd());
    for (const study of patient.studies) {
      lines.push(`  ${study.date}  ${study.modalities.join('/')}  ${study.description}`.trimEnd());
      for (const series of study.series) {
        const missing = series.missingCount > 0 ? `, ${series.missingCount} missing` : '';
        const facts = [series.modality, series.description, series.orientation ?? ''].filter((fact) => fact !== '');
        lines.push(
          `    ${String(series.number ?? '-').padStart(4)}  ${facts.join('  ')}  (${series.instanceCount}${missing})`,
        );
      }
    }
  }
  return lines.join('\n');
}
