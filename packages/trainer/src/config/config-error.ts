/** Stable codes of {@link ConfigError}; messages may be reworded, codes may not. */
export type ConfigErrorCode = 'SYNTAX' | 'SCHEMA' | 'OVERRIDE' | 'TOO_LARGE' | 'UNREADABLE';

/** One fault of an experiment. */
export interface ConfigIssue {
  /** Dotted path of the field, `''` for the whole file. */
  readonly path: string;
  /** `<file>:<line>:<column>` or the `--set` option that brought the value. */
  readonly location: string;
  /** The whole line: location, path, what was expected, what came, what to do. */
  readonly message: string;
}

/**
 * An experiment that cannot be run as written: one line an issue, `<file>:<line>:<column> <path> must be …, got …`.
 *
 * @example
 * try {
 *   parseConfig(text, { file: 'smoke.yaml' });
 * } catch (error) {
 *   if (error instanceof ConfigError) for (const issue of error.issues) console.error(issue.message);
 * }
 */
export class ConfigError extends Error {
  override readonly name: string = 'ConfigError';
  constructor(
    readonly code: ConfigErrorCode,
    readonly issues: readonly ConfigIssue[],
    options?: ErrorOptions,
  ) {
    super(issues.map((issue) => issue.message).join('\n'), options);
  }
}

/** A path into an experiment: keys and list indices. */
export type ConfigPath = readonly (string | number)[];

/** Joins location, path and complaint into one issue. */
export function configIssue(location: string, path: ConfigPath, complaint: string): ConfigIssue {
  const dotted = path.join('.');
  return { path: dotted, location, message: [location, dotted, complaint].filter(Boolean).join(' ') };
}
