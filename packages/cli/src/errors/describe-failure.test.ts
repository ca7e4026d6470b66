import { DataError } from '@bravais/datasets';
import { DeviceError } from '@bravais/tensor-core';
import { parseConfig } from '@bravais/trainer';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { InterruptedError, ResultFileError, UsageError } from './cli-error';
import { describeFailure } from './describe-failure';
import { formatFailure } from './format-failure';

const caught = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('describeFailure', () => {
  const configError = caught(() => parseConfig('name: a\nsed: 1\n', { file: 'config.yaml' }));

  it.each([
    ['a usage error', new UsageError('x'), 2, 'USAGE'],
    ['a config error', configError, 2, 'SCHEMA'],
    [
      'an unknown option',
      new CommanderError(1, 'commander.unknownOption', "error: unknown option '--x'"),
      2,
      'USAGE',
    ],
    ['Ctrl-C', new InterruptedError('x'), 130, 'INTERRUPTED'],
    ['a missing adapter', new DeviceError('NO_ADAPTER', 'x'), 1, 'NO_ADAPTER'],
    ['missing data', new DataError('DATA_NOT_FOUND', 'a.jsonl', 'must exist'), 1, 'DATA_NOT_FOUND'],
    ['a full disk', new ResultFileError('ENOSPC', 'report.html', undefined), 1, 'ENOSPC'],
  ])('%s has its exit code, its code and no stack', (_what, error, exitCode, code) => {
    expect(describeFailure(error)).toMatchObject({ exitCode, code });
    expect(describeFailure(error).stack).toBeUndefined();
  });

  it.each([
    ['a plain error', new Error('boom')],
    ['a type error', caught(() => (null as unknown as { x: number }).x)],
    ['an error of the file system', Object.assign(new Error('ENOENT'), { code: 'ENOENT', errno: -2 })],
    ["one of Node's errors", Object.assign(new TypeError('bad'), { code: 'ERR_INVALID_ARG_TYPE' })],
    ['a thrown string', 'boom'],
  ])('%s is unexpected and keeps its stack', (_what, error) => {
    const failure = describeFailure(error);
    expect(failure).toMatchObject({ exitCode: 1, code: 'UNEXPECTED' });
    expect(failure.stack).toContain(failure.message);
  });
});

describe('formatFailure', () => {
  it('puts "error: " before each line of a foreseen error', () => {
    expect(formatFailure({ exitCode: 2, code: 'SCHEMA', message: 'a.yaml:1:1 x\na.yaml:2:1 y' })).toBe(
      'error: a.yaml:1:1 x\nerror: a.yaml:2:1 y',
    );
  });

  it('asks for a report of an unforeseen one', () => {
    const text = formatFailure(describeFailure(new Error('boom')));
    expect(text).toMatch(/^error: boom\nError: boom\n {4}at /);
    expect(text).toContain('Please report it');
  });
});
