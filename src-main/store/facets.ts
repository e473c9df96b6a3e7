/** What the library can be filtered by, with how many studies each value has; the trash does not count. */
import type { FacetValue, SourceKind, StudyFacets } from '../../src-shared/contract';
import type { Database } from './database';

export class FacetQueries {
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: Database) {
    this.#statements = prepareAll(database);
  }

  all(): StudyFacets {
    const { modalities, bodyParts, tags, sources } = this.#statements;
    return {
      modalities: modalities.all().map(valueOf),
      bodyParts: bodyParts.all().map(valueOf),
      tags: tags.all().map(valueOf),
      sources: sources.all().map((row) => ({
        sourceId: Number(row['id']),
        kind: String(row['kind']) as SourceKind,
        label: String(row['label']),
        studies: Number(row['studies']),
        characterSet: typeof row['character_set'] === 'string' ? row['character_set'] : null,
      })),
    };
  }
}

function valueOf(row: Record<string, unknown>): FacetValue {
  return { value: String(row['value']), studies: Number(row['studies']) };
}

function prepareAll({ handle }: Database) {
  // Grouped as they stand first: few studies have a list of their own.
  const ofList = (column: string) =>
    handle.prepare(
      `SELECT value, sum(studies) AS studies
       FROM (SELECT ${column} AS list, count(*) AS studies FROM studies WHERE trashed_at_ms IS NULL GROUP BY ${column}),
            json_each(list)
       GROUP BY value ORDER BY studies DESC, value`,
    );
  return {
    modalities: ofList('modalities'),
    bodyParts: ofList('body_parts'),
    tags: ofList('tags'),
    sources: handle.prepare(
      `SELECT sources.id, kind, label, character_set, count(*) AS studies
       FROM studies JOIN sources ON sources.id = source_id WHERE trashed_at_ms IS NULL
       GROUP BY sources.id ORDER BY sources.id DESC`,
    ),
  };
}
