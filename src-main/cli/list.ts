/** `dcm list [--library DIR] [--json]`: what the library holds. */
import { createServices } from '../compose/services';
import { cliPlatform, parseCommandLine, type CliIo, type ExitStatus } from './io';
import { listLibrary, type ListedLibrary } from './listLibrary';

export const listUsage = 'list [--library DIR] [--json]';

export async function runList(args: readonly string[], io: CliIo): Promise<ExitStatus> {
  const { values } = parseCommandLine({
    args: [...args],
    options: { library: { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: false,
  });
  const services = createServices(cliPlatform(io, values.library), { background: false });
  try {
    await services.library.checkFiles();
    const listed = listLibrary(services);
    await io.out(values.json ? JSON.stringify(listed) : table(listed));
    return 0;
  } finally {
    await services.dispose();
  }
}

function table({ patients }: ListedLibrary): string {
  if (patients.length === 0) return 'The library is empty.';
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
