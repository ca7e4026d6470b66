import type { Output } from './output';
import { ProgressBar } from './progress-bar';
import { ProgressLines } from './progress-lines';
import type { TrainingProgress } from './shown-progress';

const SILENT: TrainingProgress = { show: () => undefined, stop: () => undefined };

/**
 * A bar where stderr is a terminal, lines where it is not, nothing when quiet.
 *
 * @param nowMs clock that never goes back, in ms
 */
export function trainingProgress(output: Output, nowMs: () => number): TrainingProgress {
  if (output.quiet) return SILENT;
  return output.stderr.isTTY ? new ProgressBar(output) : new ProgressLines(output, nowMs);
}
