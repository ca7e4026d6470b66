import { lineError, parseObject } from './metric-record';

/**
 * The lines of a JSON Lines file whose `step` is at most `step`, for a run that goes on after that step.
 *
 * A last line without its newline was being written when the run was stopped; it is dropped.
 *
 * @throws MetricsError `LINE` for a finished line without a step.
 */
export function keepThroughStep(text: string, step: number, file = 'metrics.jsonl'): string {
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  const kept = lines.filter((line, index) => {
    const at = parseObject(line)?.step;
    if (typeof at !== 'number')
      throw lineError(file, index + 1, 'must be a JSON object with a step, got other text');
    return at <= step;
  });
  return kept.map((line) => `${line}\n`).join('');
}
