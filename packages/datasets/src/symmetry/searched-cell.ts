import type { MoyoCell } from '@spglib/moyo-wasm';
import type { SiteKinds } from '../structure/site-kinds';
import type { Structure } from '../structure/structure';
import { translationCell } from './translation-cell';
import { latticeChange, timesMatrix, triple } from './triple';

/** Larger cells are freed of translations first: moyo's time grows with the square of their number. */
const TRANSLATIONS_FROM_SITES = 64;

/** The cell that moyo gets, and its site behind each site of the structure. */
export function searchedCell(
  { latticeAngstrom, fracCoords }: Structure,
  { kinds }: SiteKinds,
  symprec: number,
): { cell: MoyoCell; repeats: Uint32Array } {
  const small =
    kinds.length > TRANSLATIONS_FROM_SITES
      ? translationCell(latticeAngstrom, fracCoords, kinds, symprec)
      : null;
  if (small === null) {
    const positions = Array.from(kinds, (_, site) => triple(fracCoords, site));
    return {
      cell: { lattice: { basis: nine(latticeAngstrom) }, positions, numbers: Array.from(kinds) },
      repeats: Uint32Array.from(kinds.keys()),
    };
  }
  const change = latticeChange(latticeAngstrom, small.latticeAngstrom);
  return {
    cell: {
      lattice: { basis: nine(small.latticeAngstrom) },
      positions: small.representatives.map((site) => timesMatrix(triple(fracCoords, site), change)),
      numbers: small.representatives.map((site) => kinds[site]!),
    },
    repeats: small.repeats,
  };
}

type Nine = MoyoCell['lattice']['basis'];

function nine(values: ArrayLike<number>): Nine {
  return Array.from(values) as Nine;
}
