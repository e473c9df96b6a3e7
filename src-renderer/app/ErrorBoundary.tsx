import { Component, type ErrorInfo, type ReactNode } from 'react';
import { t } from '../strings';
import { Button, CopyButton } from '../ui';
import { failureReport } from './unexpected';

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly failure: { readonly error: unknown; readonly where: string } | null;
}

/** Keeps a fault in one part of the window from taking the rest with it; its report can be copied. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error, where: '' } };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    this.setState({ failure: { error, where: info.componentStack ?? '' } });
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (!failure) return this.props.children;
    return (
      <FailureScreen
        report={failureReport(failure.error, failure.where)}
        onAgain={() => this.setState({ failure: null })}
      />
    );
  }
}

function FailureScreen({ report, onAgain }: { readonly report: string; readonly onAgain: () => void }) {
  return (
    <div className="app-failure" role="alert" data-testid="failure">
      <h2>{t('app.failure.title')}</h2>
      <p>{t('app.failure.body')}</p>
      <div className="app-failure-actions">
        <Button tone="primary" onClick={onAgain}>
          {t('app.failure.again')}
        </Button>
        <CopyButton
          label={t('app.failure.copy')}
          doneLabel={t('app.common.copied')}
          failedLabel={t('app.common.notCopied')}
          text={() => report}
        />
      </div>
      <pre className="ui-selectable">{report}</pre>
    </div>
  );
}
