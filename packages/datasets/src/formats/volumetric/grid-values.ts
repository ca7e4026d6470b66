import type { LineInput } from '../text/line-parser';
import { NumberScanner } from '../text/scan-numbers';

const FIRST_CAPACITY = 2 ** 16;
/** Larger values are damage; a change of unit must not make them infinite. */
const MAX_VALUE = 1e30;

/**
 * Reads `count` numbers, any number of them a line.
 *
 * Memory grows with what was read, not with what the file promises.
 */
export function* gridValues(
  input: LineInput,
  count: number,
): Generator<void, Float64Array<ArrayBuffer>, string | undefined> {
  const scanner = new NumberScanner();
  let values = new Float64Array(Math.min(count, FIRST_CAPACITY));
  let filled = 0;
  while (filled < count) {
    const line = yield;
    if (line === undefined) throw input.error(`${count} values on the grid expected`, `There are ${filled}.`);
    // n characters hold at most (n + 1) / 2 numbers.
    const needed = Math.min(count, filled + (line.length >> 1) + 1);
    if (needed > values.length) {
      const larger = new Float64Array(Math.min(count, Math.max(needed, 2 * values.length)));
      larger.set(values);
      values = larger;
    }
    const before = filled;
    filled += scanner.scan(line, values, filled, count - filled);
    for (let k = before; k < filled; k++) {
      if (Math.abs(values[k]!) <= MAX_VALUE) continue;
      throw input.error(`values up to ${MAX_VALUE} expected`, 'The number is damaged.');
    }
    if (scanner.position < line.length) {
      const rest = line.slice(scanner.position).trimStart();
      throw input.error(
        `${count} finite values on the grid expected`,
        `After ${filled} of them there is ${JSON.stringify(rest.slice(0, 30))}.`,
      );
    }
  }
  return values;
}
