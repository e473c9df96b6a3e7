import { Info, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../strings';
import { Button, classes, CopyButton, IconButton } from '../ui';
import { dismissNotice, noticeStore, type Notice } from '../viewing/notices';

const ICONS = { info: Info, caution: TriangleAlert, danger: OctagonAlert } as const;

/** Time to read a sentence, and to decide about an action. What needs attention stays until dismissed. */
const READ_MS = 7000;
const DECIDE_MS = 15_000;

/** Calm messages above the status bar, the newest below. */
export function Notices() {
  const notices = useStore(noticeStore, (state) => state.notices);
  return (
    <section className="app-notices" aria-label={t('app.notices.label')} aria-live="polite">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeCard({ notice }: { readonly notice: Notice }) {
  const { id, tone, message, details, action } = notice;
  const [isHeld, setHeld] = useState(false);
  const [showsDetails, setShowsDetails] = useState(false);
  useDismissal(notice, isHeld || showsDetails);
  const Icon = ICONS[tone];
  return (
    <div
      className={classes('app-notice', `is-${tone}`)}
      data-testid="notice"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <Icon size={16} strokeWidth={1.5} />
      <p className="ui-selectable">{message}</p>
      <IconButton
        size="small"
        label={t('app.common.dismiss')}
        icon={<X size={14} strokeWidth={1.5} />}
        onClick={() => dismissNotice(id)}
      />
      {(action !== undefined || details !== undefined) && (
        <div className="app-notice-actions">
          {action && (
            <Button
              size="small"
              onClick={() => {
                dismissNotice(id);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          {details !== undefined && (
            <>
              <Button size="small" tone="quiet" onClick={() => setShowsDetails(!showsDetails)}>
                {showsDetails ? t('app.common.hideDetails') : t('app.common.details')}
              </Button>
              <CopyButton
                label={t('app.common.copy')}
                doneLabel={t('app.common.copied')}
                failedLabel={t('app.common.notCopied')}
                text={() => details}
              />
            </>
          )}
        </div>
      )}
      {showsDetails && <pre className="ui-selectable">{details}</pre>}
    </div>
  );
}

/** Information goes by itself; never while the pointer is on it. */
function useDismissal({ id, tone, action, details }: Notice, isHeld: boolean): void {
  const lastsMs = action !== undefined || details !== undefined ? DECIDE_MS : READ_MS;
  useEffect(() => {
    if (tone !== 'info' || isHeld) return undefined;
    const timer = setTimeout(() => dismissNotice(id), lastsMs);
    return () => clearTimeout(timer);
  }, [id, tone, isHeld, lastsMs]);
}
