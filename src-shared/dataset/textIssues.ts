/** Says where text had to be guessed. Source: PS3.5 6.1. */
import type { DataSet } from './dataSet';
import type { IssueList } from './issueList';

/** To be asked after the text was read: only what was read can have been doubtful. */
export function reportTextDoubts(dataSet: DataSet, issues: IssueList): void {
  if (!dataSet.isCharacterSetKnown) {
    issues.add('charset-unknown', 'The character set of the object is not known; names may read wrong.');
  }
  if (dataSet.textDoubts.has('undeclared')) {
    issues.add('text-undeclared', 'The object names no character set for its text; names may read wrong.');
  }
  if (dataSet.textDoubts.has('wrong')) {
    issues.add('text-wrong', 'Text of the object is not in the character set that it names; names may read wrong.');
  }
}
