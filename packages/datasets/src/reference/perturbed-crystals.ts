import { fractionalCoordinates } from '../formats/fractional-coordinates';
import { type SeededDraws, seededDraws } from '../modalities/seeded-draws';
import { createStructure } from '../structure/create-structure';
import type { Structure } from '../structure/structure';
import { referenceCrystals } from './reference-crystals';

/** A synthetic crystal. */
export interface PerturbedCrystal {
  /** The crystal of the reference set that it was made from, and its place: `ref-rocksalt-NaCl#12`. */
  readonly id: string;
  readonly structure: Structure;
}

/** Largest entry of the strain. */
const STRAIN = 0.03;
/** Standard deviation of each coordinate, in Å. */
const DISPLACEMENT_ANGSTROM = 0.04;

/**
 * L′ = L (1 + ε), r′ = r (1 + ε) + d: crystals of the reference set, drawn at random, with strains ε of up to 3 % an entry and
 * displacements d of 0.04 Å. Nothing was relaxed: they stand for real ones where only their number and their variety count.
 *
 * Crystal i depends on the seed and i alone. One at a time is in memory.
 *
 * @param seed integer from 0 to 2⁵³ − 1
 * @throws {DataError} `DATA_INVALID` for another seed
 * @example
 * ```ts no-run
 * for (const { id, structure } of perturbedCrystals(100_000, 0)) console.log(id, structure.atomicNumbers.length);
 * ```
 */
export function* perturbedCrystals(
  count: number,
  seed: number,
): Generator<PerturbedCrystal, void, undefined> {
  const crystals = referenceCrystals();
  for (let place = 0; place < count; place++) {
    const draws = seededDraws([seed, place]);
    const { id, structure } = crystals[draws.below(crystals.length)]!;
    yield { id: `${id}#${place}`, structure: perturbed(structure, draws, `${id}#${place}`) };
  }
}

function perturbed(
  { latticeAngstrom, fracCoords, atomicNumbers }: Structure,
  draws: SeededDraws,
  where: string,
): Structure {
  const deformation = Array.from(
    { length: 9 },
    (_, k) => Number(k % 4 === 0) + draws.between(-STRAIN, STRAIN),
  );
  const lattice = rowsTimes(latticeAngstrom, deformation);
  const positions = rowsTimes(fracCoords, lattice).map((x) => x + DISPLACEMENT_ANGSTROM * draws.normal());
  return createStructure(
    { latticeAngstrom: lattice, fracCoords: fractionalCoordinates(lattice, positions), atomicNumbers },
    where,
  );
}

/** Row vectors times a 3 × 3 matrix. */
function rowsTimes(rows: ArrayLike<number>, matrix: ArrayLike<number>): number[] {
  return Array.from(rows, (_, at) => {
    const [row, column] = [at - (at % 3), at % 3];
    return [0, 1, 2].reduce((sum, k) => sum + rows[row + k]! * matrix[3 * k + column]!, 0);
  });
}
