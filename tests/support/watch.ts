/** What a page must never do, gathered while a test drives it. */
import type { Page } from 'playwright-core';

export interface Watch {
  /** Exceptions that nobody caught. */
  readonly errors: readonly string[];
  /** Violations of the content security policy, as the page itself reports them. */
  readonly violations: readonly string[];
  /** `alert` and its kin: proof that text became script. */
  readonly dialogs: readonly string[];
}

/** From now on; call before the page loads. */
export async function watch(page: Page): Promise<Watch> {
  const seen = { errors: [] as string[], violations: [] as string[], dialogs: [] as string[] };
  page.on('pageerror', (error) => seen.errors.push(error.message));
  page.on('console', (message) => {
    const text = message.text();
    if (/content security policy/i.test(text)) seen.violations.push(text);
  });
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.warn(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return seen;
}
