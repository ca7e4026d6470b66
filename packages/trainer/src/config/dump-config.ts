import { stringify } from 'yaml';
import type { ExperimentConfig } from './experiment-config';

/**
 * The resolved config as YAML that repeats the run: every default is written out, keys in schema order.
 *
 * `parseConfig(dumpConfig(config))` equals `config`.
 */
export function dumpConfig(config: ExperimentConfig): string {
  return stringify(config, { lineWidth: 0, aliasDuplicateObjects: false });
}
