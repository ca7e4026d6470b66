import { DataError } from '../../data-error';
import { readPymatgenJson } from '../../formats/pymatgen/read-pymatgen-json';
import { latticeVolume } from '../../structure/lattice';
import { isObject, type JsonObject, numbersAt, objectAt, valueAt } from '../json/json-object';
import type { SourceArray, SourceRecord } from '../source-record';

/** Points of one charge density. */
const MAX_POINTS = 2 ** 25;

/**
 * A density of states as the open-data bucket of the Materials Project holds it (`dos/<task>.json`): pymatgen's `CompleteDos.as_dict()`,
 * alone or under `data`.
 *
 * Arrays: `dosEnergyEv` from the Fermi level, `dosUp` and, where there are two spins, `dosDown` in states/eV/cell. Scalar
 * `fermiEnergyEv`. Projections are left out.
 *
 * @throws DataError, FormatError, StructureError
 */
export function dosDocument(document: unknown, id: string): SourceRecord {
  const dos = inner(document, id, 'densities');
  const energies = numbersAt(dos.energies, id, 'energies');
  const densities = objectAt(dos.densities, id, 'densities');
  const { efermi } = dos;
  if (typeof efermi !== 'number' || !Number.isFinite(efermi)) {
    throw new DataError(
      'DATA_INVALID',
      id,
      'a finite number as efermi expected, got none. Check the document.',
    );
  }
  const spin = (name: string): SourceArray | undefined => {
    if (!Object.hasOwn(densities, name)) return undefined;
    const values = numbersAt(densities[name], id, `densities.${name}`);
    if (values.length === energies.length) return { shape: [values.length], data: Float32Array.from(values) };
    const got = `${values.length} of spin ${name}`;
    throw new DataError(
      'DATA_INVALID',
      id,
      `${energies.length} densities expected, got ${got}. Check the document.`,
    );
  };
  const [up, down] = [spin('1'), spin('-1')];
  if (up === undefined)
    throw new DataError('DATA_INVALID', id, 'densities of spin 1 expected, got none. Check the document.');
  return {
    id,
    ...structureOf(dos.structure, id),
    scalars: { fermiEnergyEv: efermi },
    texts: {},
    arrays: {
      dosEnergyEv: {
        shape: [energies.length],
        data: Float64Array.from(energies, (energy) => energy - efermi),
      },
      dosUp: up,
      ...(down === undefined ? {} : { dosDown: down }),
    },
  };
}

/**
 * A charge density as the open-data bucket of the Materials Project holds it (`chgcars/<task>.json`): pymatgen's `Chgcar.as_dict()`,
 * alone or under `data`.
 *
 * Array `chargeDensity` [a, b, c] (c fastest) in electron/Å³: the values of the file divided by the volume of the cell. The
 * magnetisation and the augmentation occupancies are left out.
 *
 * @throws DataError, FormatError, StructureError
 */
export function chargeDensityDocument(document: unknown, id: string): SourceRecord {
  const chgcar = inner(document, id, 'poscar');
  const { structure } = structureOf(valueAt(chgcar, 'poscar.structure'), id);
  const total = valueAt(chgcar, 'data.total');
  const grid = isObject(total) ? total.data : total;
  const extent = (value: unknown): number => (Array.isArray(value) ? value.length : 0);
  const first = Array.isArray(grid) ? grid[0] : undefined;
  const shape = [extent(grid), extent(first), extent(Array.isArray(first) ? first[0] : undefined)] as const;
  const points = shape[0] * shape[1] * shape[2];
  if (structure === undefined || points === 0 || points > MAX_POINTS) {
    const got = structure === undefined ? 'no structure' : `[${shape.join(', ')}]`;
    throw new DataError(
      'DATA_INVALID',
      id,
      `a structure and a grid of 1 to ${MAX_POINTS} points expected, got ${got}. Check the document.`,
    );
  }
  const volume = latticeVolume(structure.latticeAngstrom);
  const data = new Float32Array(points);
  let at = 0;
  for (const plane of grid as readonly unknown[]) {
    if (extent(plane) !== shape[1]) throw ragged(id, shape);
    for (const row of plane as readonly unknown[]) {
      if (extent(row) !== shape[2]) throw ragged(id, shape);
      for (const value of numbersAt(row, id, 'data.total')) data[at++] = value / volume;
    }
  }
  return { id, structure, scalars: {}, texts: {}, arrays: { chargeDensity: { shape, data } } };
}

/** The object that has this member: the document, or its `data`. */
function inner(document: unknown, id: string, member: string): JsonObject {
  const outer = objectAt(document, id, 'the document');
  return Object.hasOwn(outer, member) ? outer : objectAt(outer.data, id, 'data');
}

function structureOf(value: unknown, id: string): Pick<SourceRecord, 'structure'> {
  if (!isObject(value)) return {};
  return { structure: readPymatgenJson(JSON.stringify(value), { file: id }).structures[0]!.structure };
}

function ragged(id: string, shape: readonly number[]): DataError {
  return new DataError(
    'DATA_INVALID',
    id,
    `a grid [${shape.join(', ')}] expected, got rows of other lengths. Check the document.`,
  );
}
