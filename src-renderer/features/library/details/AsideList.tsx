import { useEffect, useState } from 'react';
import type { AsideRow } from '../../../../src-shared/contract';
import { services } from '../../../host';
import { formatBytes, t } from '../../../strings';
import { Button } from '../../../ui';
import { isLibraryWritable } from '../../../viewing/libraryMode';
import { trying } from '../actions/trying';
import { shownMoment } from '../present';
import { librarySession } from '../session';

/** Files that came again with another content: whence, how large, and which of the two is to be in use. */
export function AsideList({ studyId, count }: { readonly studyId: number; readonly count: number }) {
  const rows = useAside(studyId, count);
  return (
    <>
      <p className="library-details-hint">{t('library.details.asideBody')}</p>
      <ul className="library-aside">
        {rows.map((row) => (
          <AsideItem key={row.asideId} row={row} />
        ))}
      </ul>
    </>
  );
}

/** `count` changes when one is settled or another arrives: then they are read again. */
function useAside(studyId: number, count: number): readonly AsideRow[] {
  const [rows, setRows] = useState<readonly AsideRow[]>([]);
  useEffect(() => {
    let isOver = false;
    void trying('library.details.asideFailed', async () => {
      const read = await services().library.aside({ studyId });
      if (!isOver) setRows(read);
    });
    return () => {
      isOver = true;
    };
  }, [studyId, count]);
  return rows;
}

function AsideItem({ row }: { readonly row: AsideRow }) {
  const [isSettling, setSettling] = useState(false);
  const settle = (action: 'use' | 'discard') => {
    setSettling(true);
    void trying('library.details.asideFailed', async () => {
      await services().library.settleAside({ asideId: row.asideId, action });
      await librarySession().pages.refresh();
    }).then(() => setSettling(false));
  };
  const isDisabled = isSettling || !isLibraryWritable();
  return (
    <li>
      <span className="ui-selectable library-aside-origin" title={row.sopInstanceUid}>
        {row.origin}
      </span>
      <small>
        {row.instanceNumber !== null && `${t('library.details.asideImage', { number: row.instanceNumber })} · `}
        {t('library.details.asideSizes', {
          size: formatBytes(row.sizeBytes),
          kept: formatBytes(row.keptSizeBytes),
        })}
        {' · '}
        {shownMoment(row.arrivedAtMs)}
      </small>
      <span className="library-aside-acts">
        <Button size="small" disabled={isDisabled} onClick={() => settle('use')}>
          {t('library.details.asideUse')}
        </Button>
        <Button size="small" tone="quiet" disabled={isDisabled} onClick={() => settle('discard')}>
          {t('library.details.asideForget')}
        </Button>
      </span>
    </li>
  );
}
