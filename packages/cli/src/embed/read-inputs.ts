import { UsageError } from '../errors/cli-error';
import type { FailedRow } from './embedding-row';
import { idOfInput, type ReadInputOptions, type ReadStructure, readInput } from './read-input';

/** Rows of one input that are there already. */
export interface DoneInput {
  readonly id: string;
  readonly rows: number;
  /** Name in the last of them. */
  readonly lastName?: string | undefined;
}

/** A structure that was read, or why it was not, and the place of its input. */
export interface InputRow {
  readonly index: number;
  readonly row: FailedRow | ReadStructure;
}

/**
 * What {@link readInput} gives of every input, in order, behind what is done: the rows of the first inputs, the last of them perhaps in
 * part. Inputs that are done are not read again.
 *
 * @throws {UsageError} where what is done is not of these inputs
 */
export async function* readInputs(
  inputs: readonly string[],
  done: readonly DoneInput[],
  options: ReadInputOptions,
): AsyncGenerator<InputRow, void, undefined> {
  for (const [index, { id }] of done.entries()) {
    const input = inputs[index];
    if (input === undefined || idOfInput(input) !== id) throw otherInputs(id, input);
  }
  const last = done.at(-1);
  for (let index = Math.max(0, done.length - 1); index < inputs.length; index++) {
    const input = inputs[index]!;
    let left = last && index === done.length - 1 ? last.rows : 0;
    for await (const row of readInput(input, options)) {
      if (left === 0) yield { index, row };
      else if (--left === 0) requireName(last!, 'structure' in row ? row.id.name : row.name);
    }
    if (left > 0) throw otherInputs(`${last!.rows} structures in ${input}`, `${last!.rows - left}`);
  }
}

function requireName({ id, rows, lastName }: DoneInput, name: string | undefined): void {
  if (name === lastName) return;
  throw otherInputs(`${lastName ?? 'one structure'} as structure ${rows} of ${id}`, name ?? 'one structure');
}

function otherInputs(expected: string, got: string | undefined): UsageError {
  return new UsageError(
    `embed: --resume needs the files of the run that was stopped, in the same order: expected ${expected}, got ${got ?? 'no more files'}. Give them as before, or remove the .partial file to begin anew.`,
  );
}
