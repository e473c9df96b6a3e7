import { useStore } from 'zustand';
import { t } from '../../../strings';
import { Button } from '../../../ui';
import { libraryViewStore, showUsualColumns, toggleColumn } from '../libraryView';
import { COLUMN_IDS } from '../table/columnIds';
import { CheckRow } from './CheckRow';

/** Which columns are shown; the patient's name always is. */
export function ColumnChoice() {
  const columns = useStore(libraryViewStore, (view) => view.columns);
  return (
    <div className="library-choice">
      <div className="library-choice-list is-whole" role="group" aria-label={t('library.columnChoice.title')}>
        {COLUMN_IDS.filter((id) => id !== 'patientName').map((id) => (
          <CheckRow key={id} state={columns.includes(id) ? 'all' : 'none'} onToggle={() => toggleColumn(id)}>
            <span className="library-choice-label">{t(`library.columns.${id}`)}</span>
          </CheckRow>
        ))}
      </div>
      <Button size="small" tone="quiet" onClick={showUsualColumns}>
        {t('library.columnChoice.usual')}
      </Button>
    </div>
  );
}
