import { posix, win32 } from 'node:path';
import { dumpConfig, type ExperimentConfig } from '@bravais/trainer';
import { escapeHtml } from './escape-html';

/** The config as YAML that repeats the run, folded away; of an absolute path only the last part is shown. */
export function configSection(config: ExperimentConfig): string {
  return `<details class="card"><summary>Config</summary><pre>${escapeHtml(dumpConfig(withoutPaths(config)))}</pre></details>`;
}

function withoutPaths(config: ExperimentConfig): ExperimentConfig {
  const { root } = config.data;
  if (root === undefined || !(posix.isAbsolute(root) || win32.isAbsolute(root))) return config;
  return { ...config, data: { ...config.data, root: `…/${win32.basename(root)}` } };
}
