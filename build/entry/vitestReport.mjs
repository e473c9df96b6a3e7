/** Reads what vitest's JSON reporter wrote. */
import fs from 'node:fs';

/**
 * @typedef {{ status: string, fullName: string }} Assertion
 * @typedef {{ name: string, status: string, assertionResults: Assertion[] }} TestFile
 * @typedef {{ passed: number, failed: string[], skipped: string[] }} Tally names of tests
 */

/** @param {string} file @returns {Tally | null} `null` when vitest left no report */
export function readReport(file) {
  try {
    return tally(JSON.parse(fs.readFileSync(file, 'utf8')).testResults);
  } catch {
    return null;
  }
}

/** A file that failed before its first test counts as one failure. @param {TestFile[]} files @returns {Tally} */
export function tally(files) {
  const all = files.flatMap((file) => file.assertionResults);
  const named = (/** @type {string[]} */ statuses) =>
    all.filter((test) => statuses.includes(test.status)).map((test) => test.fullName);
  const brokenFiles = files
    .filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
    .map((file) => file.name);
  return {
    passed: named(['passed']).length,
    failed: [...named(['failed']), ...brokenFiles],
    skipped: named(['skipped', 'pending', 'todo', 'disabled']),
  };
}
