import type { Crystal } from '@bravais/graph-nn';

/** Numbers before the arrays of a crystal: how long each array is; −1 for the first of three where there are no occupations. */
const LENGTHS = 6;

function arraysOf({ latticeAngstrom, fracCoords, atomicNumbers, occupations }: Crystal): ArrayLike<number>[] {
  const sites = [latticeAngstrom, fracCoords, atomicNumbers];
  if (!occupations) return sites;
  return [...sites, occupations.offsets, occupations.atomicNumbers, occupations.occupancies];
}

/**
 * Crystals as one array, for a digest or for another thread: equal arrays for equal crystals, and the crystals back with
 * {@link unpackCrystals}, wrong ones included.
 */
export function packCrystals(crystals: readonly Crystal[]): Float64Array<ArrayBuffer> {
  const arrays = crystals.map(arraysOf);
  const length = arrays.flat().reduce((sum, values) => sum + values.length, LENGTHS * crystals.length);
  const packed = new Float64Array(length);
  let at = 0;
  for (const own of arrays) {
    packed.set(
      Array.from({ length: LENGTHS }, (_, k) => own[k]?.length ?? -1),
      at,
    );
    at += LENGTHS;
    for (const values of own) {
      packed.set(values, at);
      at += values.length;
    }
  }
  return packed;
}

/** The crystals that {@link packCrystals} packed, as views. */
export function unpackCrystals(packed: Float64Array): Crystal[] {
  const crystals: Crystal[] = [];
  let at = 0;
  const take = (length: number): Float64Array => {
    at += length;
    return packed.subarray(at - length, at);
  };
  while (at < packed.length) {
    const [lattice, frac, sites, offsets, species, shares] = take(LENGTHS) as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    crystals.push({
      latticeAngstrom: take(lattice),
      fracCoords: take(frac),
      atomicNumbers: take(sites),
      occupations:
        offsets < 0
          ? null
          : { offsets: take(offsets), atomicNumbers: take(species), occupancies: take(shares) },
    });
  }
  return crystals;
}
