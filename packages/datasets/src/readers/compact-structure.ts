import { DataError } from '../data-error';
import { createStructure } from '../structure/create-structure';
import { latticeFromParameters } from '../structure/lattice';
import type { Structure } from '../structure/structure';
import type { JsonLine } from './json-lines';
import { numbersField, stringsField } from './record-fields';

/** Coordinates are stored as integers: fraction × 10⁵. */
const FRACTION_SCALE = 1e5;
/** Run lengths are added before anything of that size is made. */
const MAX_ATOMS = 100_000;

/**
 * The crystal of a record in the compact form: `cell` [a, b, c (Å), α, β, γ (degrees)] or `lattice` 3×3 rows (Å),
 * species as runs `el`, `count`, fractions × 10⁵ in `f`.
 *
 * @throws DataError `DATA_INVALID`, StructureError; both name file and line
 */
export function compactStructure(line: JsonLine): Structure {
  const runs = stringsField(line, 'el');
  const counts = numbersField(line, 'count', runs.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!counts.every((count) => Number.isSafeInteger(count) && count > 0) || total > MAX_ATOMS) {
    throw new DataError(
      'DATA_INVALID',
      line.where,
      `"count" must be positive whole numbers of at most ${MAX_ATOMS} in all, got ${JSON.stringify(counts).slice(0, 60)}. Check the record.`,
    );
  }
  const fractions = numbersField(line, 'f', 3 * total);
  return createStructure(
    {
      latticeAngstrom: latticeOf(line),
      fracCoords: fractions.map((value) => value / FRACTION_SCALE),
      atomicNumbers: runs.flatMap((symbol, run) => new Array<string>(counts[run]!).fill(symbol)),
    },
    line.where,
  );
}

function latticeOf(line: JsonLine): ArrayLike<number> {
  const rows = line.value.lattice;
  if (rows === undefined) {
    const [a, b, c, alpha, beta, gamma] = numbersField(line, 'cell', 6) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return latticeFromParameters(a, b, c, alpha, beta, gamma, line.where);
  }
  const flat = Array.isArray(rows) ? rows.flat() : rows;
  return numbersField({ value: { lattice: flat }, where: line.where }, 'lattice', 9);
}
