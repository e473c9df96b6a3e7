import { useMemo, useState } from 'react';
import type { SurveyTree } from '../../../../src-shared/contract';
import { formatDate } from '../../../../src-shared/dicom/dates';
import { formatPersonName } from '../../../../src-shared/dicom/personName';
import { formatBytes, formatCount, t } from '../../../strings';
import { CheckTree, classes } from '../../../ui';
import { changeRunning } from '../importStore';
import type { ChoiceDraft } from './choice';
import type { MappingDraft } from './mapping';
import { toggled } from './selection';
import { countsOf, surveyRows, type SurveyRow } from './surveyRows';

export interface SurveyTreeViewProps {
  readonly tree: SurveyTree;
  readonly isComplete: boolean;
  readonly choice: ChoiceDraft;
  readonly currentKey: string | null;
  readonly onCurrent: (row: SurveyRow) => void;
}

/** Patients, studies and series with a box each; what the directory announces beside what was found. */
export function SurveyTreeView({ tree, isComplete, choice, currentKey, onCurrent }: SurveyTreeViewProps) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => surveyRows(tree, choice.excluded, collapsed), [tree, choice.excluded, collapsed]);
  return (
    <div className="import-tree">
      <div className="import-tree-head" aria-hidden="true">
        <span>{t('import.choice.columns.what')}</span>
        <span className="import-tree-images">{t('import.choice.columns.images')}</span>
        <span className="import-tree-known">{t('import.choice.columns.known')}</span>
        <span className="import-tree-size">{t('import.choice.columns.size')}</span>
      </div>
      <CheckTree
        className="import-tree-rows"
        label={t('import.choice.tree')}
        rows={rows}
        currentKey={currentKey}
        onCurrent={onCurrent}
        onCheck={(row) =>
          changeRunning((running) => ({
            ...running,
            choice: { ...running.choice, excluded: toggled(row.series, running.choice.excluded) },
          }))
        }
        onExpand={(row, isExpanded) => setCollapsed((before) => withKey(before, row.key, !isExpanded))}
        renderRow={(row) => (
          <>
            <Words row={row} mapping={row.kind === 'patient' ? choice.mappings.get(row.patientKey) : undefined} />
            <Figures row={row} isComplete={isComplete} />
          </>
        )}
      />
    </div>
  );
}

function withKey(keys: ReadonlySet<string>, key: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(keys);
  if (isIn) next.add(key);
  else next.delete(key);
  return next;
}

function Words({ row, mapping }: { readonly row: SurveyRow; readonly mapping: MappingDraft | undefined }) {
  const { main, faint } = wordsOf(row);
  const title = [main, ...faint].join(' · ');
  return (
    <span className={classes('import-tree-words', `is-${row.kind}`, row.check === 'none' && 'is-out')} title={title}>
      <span>{main}</span>
      <span className="is-faint">{faint.join(' · ')}</span>
      {mapping?.patientId !== undefined && (
        <span className="import-tree-mapped">{t('import.choice.mapped', { to: mapping.patientId })}</span>
      )}
    </span>
  );
}

function wordsOf(row: SurveyRow): { readonly main: string; readonly faint: readonly string[] } {
  const some = (words: readonly string[]) => words.filter((word) => word !== '');
  switch (row.kind) {
    case 'patient': {
      const { name, patientId, birthDate, sex } = row.node.patient;
      const { primary, ideographic } = formatPersonName(name);
      return {
        main: primary || t('import.choice.noName'),
        faint: some([ideographic, patientId || t('import.choice.noId'), formatDate(birthDate), sex]),
      };
    }
    case 'study': {
      const { date, description, accessionNumber } = row.node.study;
      const modalities = [...new Set(row.node.series.map(({ series }) => series.modality))].join(' ');
      return {
        main: `${formatDate(date) || t('import.choice.noDate')} · ${description || t('import.choice.untitledStudy')}`,
        faint: some([modalities, accessionNumber]),
      };
    }
    case 'series': {
      const { number, modality, description, protocolName, bodyPart } = row.node.series;
      const words = description || protocolName || t('import.choice.untitledSeries');
      return { main: number === null ? words : `${String(number)} · ${words}`, faint: some([modality, bodyPart]) };
    }
  }
}

function Figures({ row, isComplete }: { readonly row: SurveyRow; readonly isComplete: boolean }) {
  const { found, expected, known, bytes } = useMemo(() => countsOf(row.series), [row.series]);
  const values = { found: formatCount(found), announced: formatCount(expected ?? found) };
  const differs = expected !== null && expected !== found;
  const knownText = known === found && found > 0 ? t('import.choice.allKnown') : formatCount(known);
  return (
    <>
      <span
        className={classes('import-tree-images', differs && isComplete && 'is-caution')}
        title={row.kind === 'series' && expected !== null ? t('import.choice.announcedHint', values) : undefined}
        data-testid="found-of-announced"
      >
        {differs ? t('import.choice.someOf', values) : values.found}
      </span>
      <span
        className={classes('import-tree-known', known === 0 && 'is-zero')}
        title={known > 0 ? t('import.choice.knownHint', { known: formatCount(known), found: values.found }) : undefined}
      >
        {known === 0 ? '' : knownText}
      </span>
      <span className="import-tree-size">{formatBytes(bytes)}</span>
    </>
  );
}
