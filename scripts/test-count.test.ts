import { describe, expect, it } from 'vitest';
import { countVitest, formatCount, sum } from './test-count.mjs';

const file = (
  status: string,
  ...tests: string[]
): { name: string; status: string; assertionResults: { status: string }[] } => ({
  name: 'a.test.ts',
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

function report(success: boolean, ...testResults: ReturnType<typeof file>[]) {
  const all = testResults.flatMap((each) => each.assertionResults.map((test) => test.status));
  const count = (status: string): number => all.filter((each) => each === status).length;
  return {
    success,
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: count('todo'),
    testResults,
  };
}

describe('countVitest', () => {
  it('counts tests', () => {
    const run = report(
      false,
      file('failed', 'passed', 'failed', 'pending'),
      file('passed', 'passed', 'todo'),
    );
    expect(countVitest(run, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('counts a file that did not load', () => {
    expect(countVitest(report(false, file('failed'), file('passed', 'passed')), 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it.each([
    ['no report', undefined, 0],
    ['a crash after the report', report(true, file('passed', 'passed')), 139],
    ['an unhandled error', report(false, file('passed', 'passed')), 1],
    ['no tests at all', report(true), 0],
  ])('never takes %s for success', (_what, run, exitCode) => {
    expect(countVitest(run, exitCode).failed).toBe(1);
  });

  it('passes a good run', () => {
    expect(countVitest(report(true, file('passed', 'passed')), 0)).toEqual({
      passed: 1,
      failed: 0,
      skipped: 0,
    });
  });
});

describe('formatCount', () => {
  it('is the last line of npm test', () => {
    const total = sum([
      { passed: 4, failed: 0, skipped: 0 },
      { passed: 1, failed: 2, skipped: 3 },
    ]);
    expect(formatCount(total)).toBe('5 passed, 2 failed, 3 skipped');
    expect(formatCount({ passed: 1, failed: 0, skipped: 0 })).toBe('1 passed, 0 failed');
  });
});
