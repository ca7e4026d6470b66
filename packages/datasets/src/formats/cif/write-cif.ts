import { composition } from '../../structure/composition';
import { siteSpecies } from '../../structure/occupations';
import type { Structure } from '../../structure/structure';

/** Decimals of coordinates and occupancies; lengths and angles have as many significant digits as a double needs. */
const DECIMALS = 10;
const DIGITS = 14;
const DEGREES = 180 / Math.PI;

/**
 * A CIF of every site of the cell without symmetry (P 1), shared sites as rows with the same coordinates.
 *
 * A CIF holds lengths and angles, not directions: the lattice comes back in standard orientation, a left-handed one as its
 * right-handed equal (−a, −b, −c), so that chirality is kept.
 *
 * @param name of the data block; other characters than letters, digits and `_.-` become `_`
 * @example
 * ```ts no-run
 * await writeFile('NaCl.cif', writeCif(sodiumChloride, 'NaCl'));
 * ```
 */
export function writeCif(structure: Structure, name = 'structure'): string {
  const { latticeAngstrom: l, fracCoords, atomicNumbers } = structure;
  const row = (i: number): [number, number, number] => [l[3 * i]!, l[3 * i + 1]!, l[3 * i + 2]!];
  const [a, b, c] = [row(0), row(1), row(2)];
  const isLeftHanded = dot(a, cross(b, c)) < 0;
  const lines = [
    `data_${name.replace(/[^\w.-]+/g, '_').slice(0, 74) || 'structure'}`,
    `_chemical_formula_sum '${formula(structure)}'`,
    ...[a, b, c].map(
      (vector, i) => `_cell_length_${'abc'[i]} ${significant(Math.sqrt(dot(vector, vector)))}`,
    ),
    `_cell_angle_alpha ${significant(angle(b, c))}`,
    `_cell_angle_beta ${significant(angle(a, c))}`,
    `_cell_angle_gamma ${significant(angle(a, b))}`,
    "_space_group_name_H-M_alt 'P 1'",
    '_space_group_IT_number 1',
    'loop_',
    '_space_group_symop_operation_xyz',
    "'x, y, z'",
    'loop_',
    '_atom_site_label',
    '_atom_site_type_symbol',
    '_atom_site_fract_x',
    '_atom_site_fract_y',
    '_atom_site_fract_z',
    '_atom_site_occupancy',
  ];
  const counts = new Map<string, number>();
  for (let site = 0; site < atomicNumbers.length; site++) {
    const coordinates = [0, 1, 2].map((k) => fraction(fracCoords[3 * site + k]!, isLeftHanded)).join(' ');
    for (const { symbol, occupancy } of siteSpecies(structure, site)) {
      const count = (counts.get(symbol) ?? 0) + 1;
      counts.set(symbol, count);
      lines.push(`${symbol}${count} ${symbol} ${coordinates} ${decimal(occupancy)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Elements of the cell in the order of Hill: carbon, hydrogen, then the alphabet. */
function formula(structure: Structure): string {
  const amounts = composition(structure);
  const first = amounts.has('C') ? ['C', 'H'] : [];
  const symbols = [...amounts.keys()].sort();
  const ordered = [
    ...first.filter((symbol) => amounts.has(symbol)),
    ...symbols.filter((symbol) => !first.includes(symbol)),
  ];
  return ordered.map((symbol) => `${symbol}${decimal(amounts.get(symbol)!)}`).join(' ');
}

function fraction(value: number, isLeftHanded: boolean): string {
  return decimal(isLeftHanded && value !== 0 ? 1 - value : value);
}

function decimal(value: number): string {
  return `${Number(value.toFixed(DECIMALS))}`;
}

function significant(value: number): string {
  return `${Number(value.toPrecision(DIGITS))}`;
}

type Vector = [number, number, number];

function angle(u: Vector, v: Vector): number {
  return Math.atan2(Math.sqrt(dot(cross(u, v), cross(u, v))), dot(u, v)) * DEGREES;
}

function dot(u: Vector, v: Vector): number {
  return u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
}

function cross(u: Vector, v: Vector): Vector {
  return [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
}
