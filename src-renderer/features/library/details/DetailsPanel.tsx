/** What is known of the selected study, at the side: patient, study, tags, comment, files kept aside, source, series. */
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { StudyRow } from '../../../../src-shared/contract';
import { formatDate, formatTime } from '../../../../src-shared/dicom/dates';
import { formatBytes, formatCount, t } from '../../../strings';
import { Panel, PanelSection } from '../../../ui';
import { isLibraryWritable, libraryModeStore } from '../../../viewing/libraryMode';
import { editStudies } from '../actions/editing';
import { answerStore, studyById } from '../answer/answerStore';
import { seriesStore } from '../answer/seriesStore';
import { showDetails } from '../libraryView';
import { otherNames, shownDate, shownMoment, shownName } from '../present';
import { selectionStore } from '../selection/selectionStore';
import { librarySession } from '../session';
import { Aside, Missing } from '../table/Badges';
import { Thumbnail } from '../table/SeriesRowView';
import { Tag } from '../tags/Tag';
import { TagChoice } from '../tags/TagEditor';
import { AsideList } from './AsideList';
import { CommentField } from './CommentField';
import { Facts } from './Facts';
import { SourceDetails } from './SourceDetails';
import './details.css';

export function DetailsPanel() {
  const ids = useStore(selectionStore, (state) => state.ids);
  const { answer } = useStore(answerStore);
  useStore(libraryModeStore);
  const [first] = ids;
  const row = ids.size === 1 && first !== undefined ? studyById(answer, first) : undefined;
  return (
    <Panel
      title={t('library.details.title')}
      closeLabel={t('library.details.close')}
      onClose={() => showDetails(false)}
    >
      {row ? <StudyDetails key={row.studyId} row={row} /> : <NoStudy count={ids.size} />}
    </Panel>
  );
}

function NoStudy({ count }: { readonly count: number }) {
  if (count === 0) return <p className="library-details-none">{t('library.details.none')}</p>;
  return (
    <PanelSection title={t('library.details.several', { count })}>
      <TagChoice isQuiet />
    </PanelSection>
  );
}

function StudyDetails({ row }: { readonly row: StudyRow }) {
  const canChange = isLibraryWritable();
  return (
    <>
      <PatientSection row={row} />
      <StudySection row={row} />
      <PanelSection title={t('library.tags.title')}>
        <div className="library-details-tags">
          {row.tags.map((tag) => (
            <Tag
              key={tag}
              tag={tag}
              {...(canChange && { onRemove: () => void editStudies([row.studyId], { removeTags: [tag] }) })}
            />
          ))}
        </div>
        {canChange && <TagChoice isQuiet />}
      </PanelSection>
      <PanelSection title={t('library.details.comment')}>
        <CommentField studyId={row.studyId} comment={row.comment} isReadOnly={!canChange} />
      </PanelSection>
      {row.asideCount > 0 && (
        <PanelSection title={t('library.details.asideTitle', { count: row.asideCount })}>
          <AsideList studyId={row.studyId} count={row.asideCount} />
        </PanelSection>
      )}
      <PanelSection title={t('library.details.source')}>
        <SourceDetails row={row} />
      </PanelSection>
      <SeriesSection studyId={row.studyId} />
    </>
  );
}

function PatientSection({ row: { patient } }: { readonly row: StudyRow }) {
  return (
    <section className="ui-panel-section">
      <h3 className="library-details-name ui-selectable">{shownName(patient.name) || t('library.noName')}</h3>
      <Facts
        facts={[
          ['names', otherNames(patient.name)],
          ['id', patient.patientId],
          ['issuer', patient.issuerOfPatientId],
          ['born', shownDate(patient.birthDate)],
          ['sex', patient.sex],
        ]}
      />
    </section>
  );
}

function StudySection({ row }: { readonly row: StudyRow }) {
  const { study } = row;
  return (
    <PanelSection title={t('library.details.study')}>
      <Facts
        facts={[
          ['date', [formatDate(study.date), formatTime(study.time)].filter(Boolean).join('  ')],
          ['description', study.description],
          ['bodyParts', row.bodyParts.join(', ')],
          ['accession', study.accessionNumber],
          ['studyId', study.studyId],
          ['referring', shownName(study.referringPhysician)],
          ['institution', study.institution],
          ['files', formatCount(row.instanceCount)],
          ['size', sizeText(row)],
          ['added', shownMoment(row.addedAtMs)],
          ['opened', row.lastOpenedAtMs === null ? t('library.details.never') : shownMoment(row.lastOpenedAtMs)],
          ['uid', study.studyInstanceUid],
        ]}
      />
      {(row.missingCount > 0 || row.asideCount > 0) && (
        <div className="library-details-cautions">
          {row.missingCount > 0 && <Missing count={row.missingCount} />}
          {row.asideCount > 0 && <Aside count={row.asideCount} />}
        </div>
      )}
    </PanelSection>
  );
}

function sizeText({ sizeBytes, copiedBytes }: StudyRow): string {
  const size = formatBytes(sizeBytes);
  if (copiedBytes === 0) return t('library.details.referenced', { size });
  if (copiedBytes >= sizeBytes) return t('library.details.copiedAll', { size });
  return t('library.details.copied', { size, copied: formatBytes(copiedBytes) });
}

function SeriesSection({ studyId }: { readonly studyId: number }) {
  const series = useStore(seriesStore, (known) => known.get(studyId));
  useEffect(() => librarySession().series.want(studyId), [studyId]);
  if (series?.status !== 'ready') return null;
  return (
    <PanelSection title={t('library.details.series')}>
      <ul className="library-details-series">
        {series.rows.map((row) => (
          <li key={row.seriesId}>
            <Thumbnail key={row.thumbnail} row={row} />
            <span>
              <strong>{row.series.description || row.series.protocolName || t('library.series.noDescription')}</strong>
              <small>
                {[
                  row.series.modality,
                  row.series.bodyPart,
                  row.imageCount > 0
                    ? t('library.series.images', { count: row.imageCount })
                    : t('library.series.objects', { count: row.instanceCount }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
