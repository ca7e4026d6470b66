import { canonicalJson } from './canonical-json';
import type { ExperimentConfig } from './experiment-config';
import { sha256Hex } from './sha256';

/**
 * SHA-256 of the resolved config's canonical JSON, 64 hexadecimal digits: the same for every spelling of one experiment.
 *
 * @example
 * (await configHash(config)).slice(0, 8); // short name of the run
 */
export function configHash(config: ExperimentConfig): Promise<string> {
  return sha256Hex(new TextEncoder().encode(canonicalJson(config)));
}
