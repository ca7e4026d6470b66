import { latticeVolume } from '../../structure/lattice';
import type { LineInput } from '../text/line-parser';
import { NumberScanner } from '../text/scan-numbers';

/** Lattice of a POSCAR and what its Cartesian coordinates are multiplied by. */
export interface PoscarLattice {
  /** [3, 3] rows in Å, scaled. */
  readonly latticeAngstrom: Float64Array;
  /** Factors of the x, y and z components. */
  readonly scale: readonly [number, number, number];
}

const scanner = new NumberScanner();

/** Numbers a line begins with, as many as `counts` allow; what follows may only be a remark. */
function leadingNumbers(
  input: LineInput,
  line: string | undefined,
  counts: readonly number[],
  what: string,
): number[] {
  const found: number[] = [];
  const count = scanner.scan(line ?? '', found, 0, 8);
  const rest = (line ?? '').slice(scanner.position, scanner.position + 1);
  // After the numbers a remark may stand, but no NaN, `***` or further number.
  if (counts.includes(count) && (rest === '' || /[#!A-Za-z]/.test(rest))) return found;
  throw input.error(what, 'Check the head of the file: comment, scale, three lattice vectors.');
}

/**
 * Reads scale and lattice vectors.
 *
 * One positive scale multiplies everything; a negative one is minus the volume of the cell in Å³; three multiply the x, y and z
 * components (VASP manual, POSCAR).
 */
export function* poscarLattice(input: LineInput): Generator<void, PoscarLattice, string | undefined> {
  const factors = leadingNumbers(input, yield, [1, 3], 'one scale factor, or three, expected');
  if (factors.includes(0) || (factors.length === 3 && factors.some((factor) => factor < 0))) {
    throw input.error(
      'a scale other than 0, or three positive ones, expected',
      'Write 1.0 where the lattice is in Å.',
    );
  }
  const rows: number[] = [];
  for (let row = 0; row < 3; row++) {
    rows.push(...leadingNumbers(input, yield, [3], 'a lattice vector, three finite numbers, expected'));
  }
  const volume = latticeVolume(rows);
  const [first] = factors as [number];
  const uniform = first > 0 || volume === 0 ? first : Math.cbrt(-first / volume);
  const scale = factors.length === 3 ? factors : [uniform, uniform, uniform];
  return {
    latticeAngstrom: Float64Array.from(rows, (component, k) => component * scale[k % 3]!),
    scale: scale as [number, number, number],
  };
}
