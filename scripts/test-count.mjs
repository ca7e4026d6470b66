/**
 * What Vitest's JSON reporter writes, as far as it is read here.
 *
 * @typedef {object} VitestReport
 * @property {boolean} success
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests skipped by the test itself
 * @property {number} numTodoTests
 * @property {{ name: string, status: string, assertionResults: { status: string }[] }[]} testResults one a file
 */

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * Counts a Vitest run. A file that fails without a failed test (it did not load, a hook threw) counts as one failure, and so
 * does a run that ends badly with none counted: no report, an exit code, an unhandled error, no tests at all.
 *
 * @param {VitestReport | undefined} report nothing where Vitest wrote none
 * @param {number} exitCode
 * @returns {Count}
 */
export function countVitest(report, exitCode) {
  if (report === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const passed = report.numPassedTests;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const counted = report.numFailedTests + brokenFiles;
  const ended = exitCode === 0 && report.success && passed > 0;
  return {
    passed,
    failed: counted === 0 && !ended ? 1 : counted,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @param {readonly Count[]} counts @returns {Count} */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/** `12 passed, 0 failed`, with `, 3 skipped` where there are. @param {Count} count */
export function formatCount({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
