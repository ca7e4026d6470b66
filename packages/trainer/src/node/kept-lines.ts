import { readFileSync } from 'node:fs';
import { keepThroughStep } from '../metrics/keep-through-step';
import { MetricsError } from '../metrics/metrics-error';
import { systemCode } from './output-error';

/**
 * The lines of a JSON Lines file up to a step, for a run that goes on after it; none where there is no file.
 *
 * @throws MetricsError where they cannot be read
 */
export function keptLines(path: string, step: number): string {
  return keepThroughStep(readIfThere(path), step, path);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = systemCode(cause);
    if (code === 'ENOENT') return '';
    const message = `${path}:1: must be a file you may read, got ${code ?? String(cause)}. Change its permissions, or start a new output folder.`;
    throw new MetricsError('UNREADABLE', message, { cause });
  }
}
