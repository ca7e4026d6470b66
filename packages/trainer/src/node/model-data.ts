import { ConfigError, canonicalJson, type DataConfig, type ExperimentConfig, resolveConfig } from '../config';
import { configIssue } from '../config/config-error';

/**
 * The data section of a trained model's config with changes; everything else must stay as the model was trained.
 *
 * @param overrides `data.tier=exact`
 * @throws {ConfigError} `OVERRIDE` where they change more
 */
export function modelData(config: ExperimentConfig, overrides: readonly string[]): DataConfig {
  const changed = resolveConfig(config, { overrides });
  if (canonicalJson({ ...changed, data: config.data }) !== canonicalJson(config)) {
    const message = `--set ${overrides.join(' --set ')} must change the data section only, got more: the rest of the config belongs to the trained model. Set for example data.tier=exact.`;
    throw new ConfigError('OVERRIDE', [configIssue('', [], message)]);
  }
  return changed.data;
}
