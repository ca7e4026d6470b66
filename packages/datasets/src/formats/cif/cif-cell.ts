import { latticeFromParameters } from '../../structure/lattice';
import { FormatError } from '../format-error';
import { type CifBlock, knownValue } from './cif-block';
import { SYSTEM_NAMES } from './cif-names';
import { blockNumber } from './cif-number';

const PARAMETERS = [
  '_cell_length_a',
  '_cell_length_b',
  '_cell_length_c',
  '_cell_angle_alpha',
  '_cell_angle_beta',
  '_cell_angle_gamma',
] as const;

/** For each crystal system what a missing parameter must be: another one of the six, by index, or an angle in degrees. */
const IMPLIED: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  cubic: { 1: 0, 2: 0, 3: 90, 4: 90, 5: 90 },
  tetragonal: { 1: 0, 3: 90, 4: 90, 5: 90 },
  orthorhombic: { 3: 90, 4: 90, 5: 90 },
  monoclinic: { 3: 90, 5: 90 },
  hexagonal: { 1: 0, 3: 90, 4: 90, 5: 120 },
  trigonal: { 1: 0, 3: 90, 4: 90, 5: 120 },
  rhombohedral: { 1: 0, 2: 0, 4: 3, 5: 3 },
};

/** Lattice of a block and what was assumed. */
export interface CifCell {
  readonly latticeAngstrom: Float64Array;
  readonly notes: readonly string[];
}

/** A volume that differs by more than this share from that of the cell is worth a note. */
const VOLUME_TOLERANCE = 0.01;

/**
 * Lattice from the six cell parameters; what the crystal system implies may be missing.
 *
 * @throws FormatError where one is missing; StructureError where no such cell exists
 */
export function cifCell(block: CifBlock, file: string): CifCell {
  const where = `${file}:${block.line}`;
  const system = knownValue(block, SYSTEM_NAMES)?.text.trim().toLowerCase() ?? '';
  const given = PARAMETERS.map((name) => blockNumber(block, name, file));
  const implied = Object.hasOwn(IMPLIED, system) ? IMPLIED[system]! : {};
  const values = given.map((value, i) => {
    const other = implied[i];
    return value ?? (other === undefined || other >= PARAMETERS.length ? other : given[other]);
  });
  const missing = values.indexOf(undefined);
  if (missing >= 0) {
    throw new FormatError(
      'DATA_INVALID',
      { file, line: block.line },
      {
        expected: `a value of ${PARAMETERS[missing]} in data block "${block.name.slice(0, 60)}" expected`,
        got: 'none',
        remedy: 'A structure needs all six cell parameters.',
      },
    );
  }
  const notes = given.includes(undefined) ? [`missing cell parameters were completed as ${system}`] : [];
  const [a, b, c, alpha, beta, gamma] = values as [number, number, number, number, number, number];
  const latticeAngstrom = latticeFromParameters(a, b, c, alpha, beta, gamma, where);
  return { latticeAngstrom, notes: [...notes, ...volumeNote(block, latticeAngstrom, file)] };
}

function volumeNote(block: CifBlock, l: Float64Array, file: string): string[] {
  const stated = blockNumber(block, '_cell_volume', file);
  const volume = l[0]! * l[4]! * l[8]!;
  if (stated === undefined || Math.abs(stated / volume - 1) <= VOLUME_TOLERANCE) return [];
  return [`the cell has ${volume.toFixed(2)} Å³, but _cell_volume says ${stated}`];
}
