import { ConfigError, type ConfigPath } from './config-error';
import type { ExperimentConfig } from './experiment-config';
import { experimentSchema } from './experiment-schema';
import { experimentJsonSchema } from './json-schema';
import { applyOverrides, type Override, parseOverride } from './override';
import { schemaIssues } from './schema-issues';
import { parseYamlSource } from './yaml-source';

/** What {@link resolveConfig} may be told beside the experiment. */
export interface ResolveOptions {
  /** Name used in messages; default `config`. */
  readonly file?: string;
  /** `key.path=value` options, applied in order; an empty value removes the key. */
  readonly overrides?: readonly string[];
}

/**
 * YAML text of an experiment → checked config with every default filled in, frozen to the leaves.
 *
 * @throws ConfigError with all faults at once, each `<file>:<line>:<column> <path> must be …, got …`, or naming its `--set` option.
 *
 * @example
 * const config = parseConfig(text, { file: 'experiments/smoke.yaml', overrides: ['training.steps=20'] });
 * config.optim.learningRate; // 0.001
 */
export function parseConfig(text: string, options: ResolveOptions = {}): ExperimentConfig {
  const file = options.file ?? 'config';
  const source = parseYamlSource(text, file);
  return resolve(source.value, source.locate, options);
}

/**
 * Plain object of an experiment → checked config with every default filled in, frozen to the leaves.
 *
 * @throws ConfigError with all faults at once, each `<file> <path> must be …, got …`.
 */
export function resolveConfig(value: unknown, options: ResolveOptions = {}): ExperimentConfig {
  const file = options.file ?? 'config';
  return resolve(value, () => file, options);
}

function resolve(
  value: unknown,
  locate: (path: ConfigPath) => string,
  options: ResolveOptions,
): ExperimentConfig {
  const overrides = (options.overrides ?? []).map(parseOverride);
  const merged = applyOverrides(value, overrides);
  const result = experimentSchema.safeParse(merged);
  if (result.success) return deepFreeze(result.data);
  const whence = (path: ConfigPath) =>
    overrides.findLast((override) => reaches(override, path))?.option ?? locate(path);
  const issues = schemaIssues(result.error.issues, merged, experimentJsonSchema(), whence);
  const byOption = issues.some((issue) => overrides.some(({ option }) => option === issue.location));
  throw new ConfigError(byOption ? 'OVERRIDE' : 'SCHEMA', issues);
}

/** Whether the fault at `path` was brought in by `override`: at it, inside it, or in the section it changed. */
function reaches(override: Override, path: ConfigPath): boolean {
  const shared = Math.min(override.path.length, path.length);
  const touches = override.path.slice(0, shared).every((key, depth) => key === path[depth]);
  return touches && path.length > 0;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) deepFreeze(child);
    Object.freeze(value);
  }
  return value;
}
