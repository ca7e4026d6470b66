import { GraphError } from './graph-error';

/**
 * Species of n sites in compressed rows, m species in all: those of site i stand at offsets[i] … offsets[i + 1] − 1. The
 * occupancies of a site add up to at most 1; the rest is vacant.
 */
export interface SiteOccupations {
  /** n + 1. */
  readonly offsets: ArrayLike<number>;
  /** m atomic numbers, 1 to 118. */
  readonly atomicNumbers: ArrayLike<number>;
  /** m shares in (0, 1]. */
  readonly occupancies: ArrayLike<number>;
}

/** {@link SiteOccupations} after a check: each element once a site, by atomic number. */
export interface CheckedOccupations extends SiteOccupations {
  readonly offsets: Int32Array;
  readonly atomicNumbers: Uint8Array;
  readonly occupancies: Float64Array;
}

/** Occupancies that add up to this little over 1 are rounding: 0.3333 + 0.6667 + 0.0001. */
const TOLERANCE = 1e-3;
/** A sum this close to 1 is 1: what decimal sums such as 0.7 + 0.2 + 0.1 leave. */
const ROUND_OFF = 1e-8;

/**
 * The species of a crystal's sites in one form: the same element twice on a site is added up, sums that are 1 but for rounding are
 * 1. `null` for an ordered crystal, also where it is written as occupancies of 1.
 *
 * @throws {@link GraphError} LENGTH_MISMATCH, OUT_OF_RANGE, UNKNOWN_ELEMENT
 */
export function checkOccupations(
  op: string,
  sites: ArrayLike<number>,
  occupations: SiteOccupations | null | undefined,
): CheckedOccupations | null {
  if (!occupations) return null;
  checkRows(op, occupations, sites.length);
  const { offsets } = occupations;
  const rows = Array.from({ length: sites.length }, (_, site) =>
    speciesOfSite(op, occupations, offsets[site]!, offsets[site + 1]!, site),
  );
  const ordered = rows.every(
    (row, site) => row.length === 1 && row[0]![1] === 1 && row[0]![0] === sites[site],
  );
  if (ordered) return null;
  const ends = new Int32Array(sites.length + 1);
  rows.forEach((row, site) => {
    ends[site + 1] = ends[site]! + row.length;
  });
  const species = rows.flat();
  return {
    offsets: ends,
    atomicNumbers: Uint8Array.from(species, ([z]) => z),
    occupancies: Float64Array.from(species, ([, share]) => share),
  };
}

function checkRows(op: string, { offsets, atomicNumbers, occupancies }: SiteOccupations, n: number): void {
  const m = atomicNumbers.length;
  const inOrder = (): boolean => {
    for (let site = 0; site < n; site++) {
      const [start, end] = [offsets[site]!, offsets[site + 1]!];
      if (!(Number.isInteger(start) && Number.isInteger(end) && start < end)) return false;
    }
    return offsets[0] === 0 && offsets[n] === m;
  };
  if (offsets.length === n + 1 && occupancies.length === m && inOrder()) return;
  throw new GraphError(
    'LENGTH_MISMATCH',
    `${op}: occupations must hold ${n + 1} offsets rising from 0 to the number of species, a species a site at least, and as many atomic numbers as occupancies, got ${offsets.length} offsets up to ${offsets[offsets.length - 1]}, ${m} atomic numbers and ${occupancies.length} occupancies. Remove empty sites.`,
  );
}

/** [atomic number, share] of one site, by atomic number. */
function speciesOfSite(
  op: string,
  { atomicNumbers, occupancies }: SiteOccupations,
  start: number,
  end: number,
  site: number,
): (readonly [z: number, share: number])[] {
  const shares = new Map<number, number>();
  for (let k = start; k < end; k++) {
    const [z, share] = [atomicNumbers[k]!, occupancies[k]!];
    if (!Number.isInteger(z) || z < 1 || z > 118) {
      throw new GraphError(
        'UNKNOWN_ELEMENT',
        `${op}: occupations.atomicNumbers[${k}] must be an integer from 1 to 118, got ${z}. Replace dummy species by a real element or remove them.`,
      );
    }
    if (!(share > 0)) throw badOccupancy(op, site, 'species with occupancies above 0', share);
    shares.set(z, (shares.get(z) ?? 0) + share);
  }
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
  if (!(total <= 1 + TOLERANCE)) throw badOccupancy(op, site, 'occupancies of at most 1 in all', total);
  const scale = total > 1 ? 1 / total : 1;
  return [...shares]
    .map(([z, share]) => [z, share * scale > 1 - ROUND_OFF ? 1 : share * scale] as const)
    .sort(([a], [b]) => a - b);
}

function badOccupancy(op: string, site: number, expected: string, got: number): GraphError {
  return new GraphError(
    'OUT_OF_RANGE',
    `${op}: site ${site} must have ${expected}, got ${got}. Check the structure file.`,
  );
}
