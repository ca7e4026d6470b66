import { CommanderError } from 'commander';

/** 0 done, 1 failed while running, 2 usage or config error, 130 Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 130;

/** An error as the command line reports it. */
export interface Failure {
  readonly exitCode: ExitCode;
  /** Stable code of the error, `UNEXPECTED` where it has none. */
  readonly code: string;
  readonly message: string;
  /** Present only for errors that nobody foresaw. */
  readonly stack?: string;
}

const EXIT_CODES: Readonly<Record<string, ExitCode>> = {
  ConfigError: 2,
  UsageError: 2,
  InterruptedError: 130,
};

/** Anything thrown → exit code and what to say about it. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CommanderError) {
    const bare = error.code === 'commander.help';
    const message = bare
      ? 'name a command, for example: bravais demo'
      : error.message.replace(/^error: /, '').replaceAll('\n', ' ');
    return { exitCode: 2, code: 'USAGE', message };
  }
  if (isTyped(error)) {
    return { exitCode: EXIT_CODES[error.name] ?? 1, code: error.code, message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  const stack = (error instanceof Error && error.stack) || message;
  return { exitCode: 1, code: 'UNEXPECTED', message, stack };
}

/**
 * Whether an error comes from a class of ours: own name, own code. Node's errors are called `Error`, `TypeError`, … or have a code
 * that starts with `ERR_`. Judged by shape, so that no package has to be loaded to report an error.
 */
function isTyped(error: unknown): error is Error & { code: string } {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false;
  const foreign = /^(Aggregate|Eval|Range|Reference|Syntax|Type|URI|System|Abort|Assertion)?Error$/;
  return !foreign.test(error.name) && error.name.endsWith('Error') && !/^(ABORT_)?ERR/.test(error.code);
}
