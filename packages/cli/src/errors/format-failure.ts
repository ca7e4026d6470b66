import type { Failure } from './describe-failure';

const REPORT_TO = 'https://github.com/bravais-ml/bravais/issues';

/** Lines for stderr: `error: …` for each line of a foreseen error, stack and address for any other. */
export function formatFailure({ message, stack }: Failure): string {
  if (stack === undefined) return message.replaceAll(/^/gm, 'error: ');
  return `error: ${message}\n${stack}\nThis is a fault of Bravais. Please report it with the lines above and the output of "bravais doctor --json": ${REPORT_TO}`;
}
