/** What nobody caught: a bug. It is said calmly, with a report that can be copied; the screen stays. */
import { t } from '../strings';
import { onCommandFailure } from '../viewing/commands';
import { notify } from '../viewing/notices';

export function reportUnexpected(): void {
  onCommandFailure((thrown) => {
    if (isCancellation(thrown)) return;
    notify({ tone: 'caution', message: t('app.notices.commandFailed', { reason: reasonOf(thrown) }) });
  });
  window.addEventListener('unhandledrejection', (event) => tell(event.reason));
  window.addEventListener('error', (event) => {
    // Chromium's way of saying that an observer went on in the next frame; nothing is lost.
    if (!event.message.startsWith('ResizeObserver loop')) tell(event.error ?? event.message);
  });
}

function tell(thrown: unknown): void {
  if (isCancellation(thrown)) return;
  notify({ tone: 'caution', message: t('app.notices.unexpected'), details: failureReport(thrown) });
}

export function isCancellation(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}

export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** What we need to find a fault: where it happened and on what, never what was on screen. */
export function failureReport(thrown: unknown, where = ''): string {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return [`Isocenter · ${new Date().toISOString()}`, navigator.userAgent, '', stack, where.trim()].join('\n').trim();
}
