import { stat } from 'node:fs/promises';
import { UsageError } from '../errors/cli-error';

/**
 * A file by what it is and not by its name, so that links do not hide it; nothing where there is none.
 */
async function identityOf(path: string): Promise<string | null> {
  const facts = await stat(path, { bigint: true }).catch(() => null);
  return facts && `${facts.dev} ${facts.ino}`;
}

/** @throws {UsageError} where the result file is one of the inputs, by whatever path, which it would take the place of */
export async function refuseInput(
  out: string | undefined,
  inputs: readonly string[],
  command: string,
): Promise<void> {
  const place = out === undefined || out === '-' ? null : await identityOf(out);
  if (place === null) return;
  for (const input of inputs) {
    if (input === '-' || (await identityOf(input)) !== place) continue;
    throw new UsageError(
      `${command}: --out must be another file than the inputs, got ${out}, which is one of them. Name a new file.`,
    );
  }
}
