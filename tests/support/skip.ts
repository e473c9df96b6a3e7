/** Tests that need something this machine may not have say so by name instead of vanishing. */
import { describe } from 'vitest';

/** `describe` where the condition holds; otherwise the suite is listed as skipped, with the reason in its name. */
export function skipUnless(condition: boolean, reason: string): (name: string, body: () => void) => void {
  return (name, body) => {
    if (condition) {
      describe(name, body);
      return;
    }
    console.warn(`skipped: ${name}: ${reason}`);
    describe.skip(`${name} (skipped: ${reason})`, body);
  };
}
