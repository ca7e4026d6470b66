import { resolve } from 'node:path';
import { UsageError } from '../errors/cli-error';

/** @throws {UsageError} where the result file is one of the inputs, which it would take the place of */
export function refuseInput(out: string | undefined, inputs: readonly string[], command: string): void {
  if (out === undefined || out === '-') return;
  const place = resolve(out);
  if (!inputs.some((input) => input !== '-' && resolve(input) === place)) return;
  throw new UsageError(
    `${command}: --out must be another file than the inputs, got ${out}, which is one of them. Name a new file.`,
  );
}
