import { GraphError } from '../graph/graph-error';
import { checkPositiveInteger } from '../graph/neighbors-within';

/**
 * Checks the sizes of an encoder: whole numbers from 1, columns of the table of elements from 0.
 *
 * @throws {@link GraphError} INVALID_OPTION
 */
export function checkSizes(
  op: string,
  positive: Readonly<Record<string, number>>,
  elementProperties: number,
): void {
  for (const [name, value] of Object.entries(positive)) checkPositiveInteger(op, name, value);
  if (Number.isSafeInteger(elementProperties) && elementProperties >= 0) return;
  throw new GraphError(
    'INVALID_OPTION',
    `${op}: elementProperties must be 0 or a positive integer, got ${elementProperties}. Give the columns of the table.`,
  );
}
