/** Collects the imperfections met while a data set is read; each code once. */
import type { Issue } from '../dicom/records';

export class IssueList {
  readonly #issues: Issue[] = [];

  add(code: string, message: string): void {
    if (!this.#issues.some((issue) => issue.code === code)) this.#issues.push({ code, message });
  }

  all(): readonly Issue[] {
    return this.#issues;
  }
}
