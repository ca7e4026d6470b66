import { latticeVolume } from '../../structure/lattice';
import { siteSpecies } from '../../structure/occupations';
import type { Structure } from '../../structure/structure';

/** What pymatgen's `Structure.from_dict` takes. */
export interface PymatgenStructure {
  readonly '@module': 'pymatgen.core.structure';
  readonly '@class': 'Structure';
  readonly charge: 0;
  readonly lattice: {
    readonly matrix: readonly (readonly number[])[];
    readonly pbc: readonly [true, true, true];
    readonly a: number;
    readonly b: number;
    readonly c: number;
    readonly alpha: number;
    readonly beta: number;
    readonly gamma: number;
    readonly volume: number;
  };
  readonly sites: readonly PymatgenSite[];
}

/** One site of a {@link PymatgenStructure}. */
export interface PymatgenSite {
  readonly species: readonly { readonly element: string; readonly occu: number }[];
  readonly abc: readonly number[];
  readonly xyz: readonly number[];
  readonly label: string;
  readonly properties: Readonly<Record<string, never>>;
}

/**
 * The structure as pymatgen's `Structure.as_dict()`: `Structure.from_dict(json.load(open(file)))` gives the same crystal, disorder
 * included.
 *
 * @example
 * ```ts no-run
 * await writeFile('structure.json', JSON.stringify(toPymatgenDict(structure)));
 * ```
 */
export function toPymatgenDict(structure: Structure): PymatgenStructure {
  const { latticeAngstrom: l, fracCoords: f, atomicNumbers } = structure;
  const row = (values: Float64Array, k: number): number[] => Array.from(values.subarray(3 * k, 3 * k + 3));
  const vectors = [row(l, 0), row(l, 1), row(l, 2)] as const;
  const [a, b, c] = vectors;
  return {
    '@module': 'pymatgen.core.structure',
    '@class': 'Structure',
    charge: 0,
    lattice: {
      matrix: vectors,
      pbc: [true, true, true],
      a: Math.hypot(...a),
      b: Math.hypot(...b),
      c: Math.hypot(...c),
      alpha: angle(b, c),
      beta: angle(a, c),
      gamma: angle(a, b),
      volume: latticeVolume(l),
    },
    sites: Array.from(atomicNumbers, (_, site) => {
      const abc = row(f, site);
      const species = siteSpecies(structure, site);
      return {
        species: species.map(({ symbol, occupancy }) => ({ element: symbol, occu: occupancy })),
        abc,
        xyz: [0, 1, 2].map((k) => abc[0]! * a[k]! + abc[1]! * b[k]! + abc[2]! * c[k]!),
        label: species.map(({ symbol }) => symbol).join(', '),
        properties: {},
      };
    }),
  };
}

/** Angle between two vectors in degrees. */
function angle(u: readonly number[], v: readonly number[]): number {
  const cosine = u.reduce((sum, x, k) => sum + x * v[k]!, 0) / (Math.hypot(...u) * Math.hypot(...v));
  return (Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI;
}
