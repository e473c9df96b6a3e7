/** Why there is no picture, on the place where it would be. */
import { RotateCcw } from 'lucide-react';
import { transferSyntaxName } from '../../../../src-shared/dicom/transferSyntax';
import { wantedImage } from '../../../viewing/screen';
import { Button } from '../../../ui';
import { t } from '../../../strings';
import { imagingSession } from '../session/imaging';
import { useShown, useViewport } from '../state';

export function FailureCard({ id }: { readonly id: string }) {
  const failure = useShown(id, ({ status, failure: reason }) => (status === 'failed' ? reason : null));
  const canRetry = useShown(id, (shown) => shown.canRetry);
  const image = useViewport(id, wantedImage);
  const number = useViewport(id, ({ imageIndex }) => imageIndex + 1);
  const count = useViewport(id, ({ content }) => content?.stack.images.length ?? 0);
  if (failure === null || !image) return null;
  return (
    <div className="overlay-failure" role="status" data-testid="frame-error">
      <strong>{t('reading.viewport.failed')}</strong>
      <p>{image.isMissing ? t('reading.viewport.missingFile') : failure}</p>
      <small>
        {t('reading.viewport.file', { number, count, syntax: transferSyntaxName(image.record.transferSyntaxUid) })}
      </small>
      {canRetry && (
        <Button
          size="small"
          icon={<RotateCcw size={14} strokeWidth={1.5} />}
          onClick={() => imagingSession().frames.retry(image.ref)}
        >
          {t('reading.viewport.retry')}
        </Button>
      )}
    </div>
  );
}
