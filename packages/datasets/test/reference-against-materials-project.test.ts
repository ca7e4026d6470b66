import { beforeAll, describe, expect, it } from 'vitest';
import { elementOf } from '../src/elements/element';
import { type ReferenceCrystal, referenceCrystals } from '../src/reference/reference-crystals';
import { densityGramPerCm3 } from '../src/structure/composition';
import { latticeVolume } from '../src/structure/lattice';
import type { Structure } from '../src/structure/structure';
import { crystalKey, type PbeCrystal, pbeCrystals, sameCrystal } from './materials-project';
import { hasData } from './shared-data';
import { edgeLengths, symmetryOf } from './symmetry';

/** Relative deviations PBE / experiment − 1 that its known errors explain. */
interface Tolerance {
  readonly volume: readonly [number, number];
  readonly edge: number;
}

/** PBE underbinds: volumes +2 to +4 % typically, up to 10 % for heavy p elements; a few per cent below where it overbinds. */
const ORDINARY: Tolerance = { volume: [-0.05, 0.1], edge: 0.06 };
/**
 * 3d magnets and f shells: moments collapse or are missing, f electrons sit in the core or delocalise, +U is added.
 * Hydrides and free alkali metals: no zero-point and thermal expansion in a 0 K calculation.
 */
const SHRUNK: Tolerance = { volume: [-0.085, 0.1], edge: 0.06 };
/** No dispersion in PBE: van der Waals gaps between layers, chains, molecules and molecular ions come out too wide. */
const DISPERSION_BOUND: Tolerance = { volume: [-0.085, 0.18], edge: 0.13 };

const DISPERSION_BOUND_PROTOTYPES: ReadonlySet<string> = new Set([
  'arsenic',
  'bismuth-iodide',
  'black-phosphorus',
  'boron-nitride',
  'brucite',
  'cadmium-chloride',
  'cadmium-iodide',
  'calomel',
  'cinnabar',
  'covellite',
  'germanium-sulfide',
  'litharge',
  'matlockite',
  'molybdenite',
  'niobium-diselenide',
  'potassium-hexachloroplatinate',
  'selenium',
  'tetradymite',
]);

/** Entries kept against the calculation, each with the reason why the measurement is right. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  [
    'ref-graphite-C',
    'PBE does not bind graphite: the calculated layers drift 15 Å apart, measured 6.71 Å for two',
  ],
  ['ref-antiperovskite-Fe4N', 'the calculation ended in a nonmagnetic state; the ferromagnet has a = 3.80 Å'],
  [
    'ref-spinel-Co3O4',
    'the calculation has high-spin octahedral cobalt; measured cobalt is low spin, a = 8.08 Å',
  ],
  [
    'ref-rutile-VO2',
    'the calculation splits the V chain (+U) and lengthens c by 6 %; metallic rutile VO2 has c = 2.85 Å',
  ],
]);

function toleranceOf(prototype: string, numbers: ArrayLike<number>): Tolerance {
  if (DISPERSION_BOUND_PROTOTYPES.has(prototype)) return DISPERSION_BOUND;
  const elements = Array.from(numbers, (z) => elementOf(z)!);
  const magnetic = elements.some(({ group, atomicNumber: z }) => group === null || (z >= 24 && z <= 28));
  const light = elements.some(({ symbol }) => symbol === 'H') || elements.every(({ group }) => group === 1);
  return magnetic || light ? SHRUNK : ORDINARY;
}

interface Pair {
  readonly volume: number;
  readonly density: number;
  readonly edges: readonly number[];
  readonly crystal: ReferenceCrystal;
  readonly pbe: PbeCrystal;
}

describe.runIf(hasData('mp-crystals'))('reference set against the Materials Project', () => {
  const crystals = referenceCrystals();
  let pairs: Pair[];

  beforeAll(async () => {
    const keyOf = ({ formula, prototype }: ReferenceCrystal): string =>
      crystalKey(formula, prototype.spaceGroupNumber);
    const calculated = await pbeCrystals(new Set(crystals.map(keyOf)));
    pairs = crystals.flatMap((crystal) => {
      const { prototype, structure } = crystal;
      const candidates = calculated.get(keyOf(crystal)) ?? [];
      const pbe = sameCrystal(candidates, prototype.spaceGroupNumber, structure.atomicNumbers.length);
      return pbe === null ? [] : [{ crystal, pbe, ...deviations(structure, pbe) }];
    });
  });

  it('finds most entries there', () => {
    process.stdout.write(`${pairs.length} of ${crystals.length} reference crystals compared with PBE\n`);
    expect(pairs.length).toBeGreaterThan(1200);
  });

  it('has volumes, densities and edges that differ no more than PBE explains', () => {
    const wrong = pairs
      .filter(({ crystal }) => !EXCEPTIONS.has(crystal.id))
      .filter(({ crystal, volume, density, edges }) => {
        const tolerance = toleranceOf(crystal.prototype.name, crystal.structure.atomicNumbers);
        const [low, high] = tolerance.volume;
        const densityFits = density > 1 / (1 + high) - 1.005 && density < 1 / (1 + low) - 0.995;
        return !(
          volume >= low &&
          volume <= high &&
          densityFits &&
          edges.every((edge) => Math.abs(edge) <= tolerance.edge)
        );
      })
      .map(
        ({ crystal, pbe, volume, edges }) =>
          `${crystal.id} ${pbe.id}: volume ${percent(volume)}, edges ${edges.map(percent).join(' ')}`,
      );
    expect(wrong).toEqual([]);
  });

  it('shows the known bias of PBE: a median volume 1 to 4 % above the measured one', () => {
    const volumes = pairs.map(({ volume }) => volume).sort((x, y) => x - y);
    const median = volumes[volumes.length >> 1]!;
    expect(median).toBeGreaterThan(0.01);
    expect(median).toBeLessThan(0.04);
  });

  it('has no exception that is not needed', () => {
    const needed = pairs.filter(({ crystal, volume, edges }) => {
      const {
        volume: [low, high],
        edge: limit,
      } = toleranceOf(crystal.prototype.name, crystal.structure.atomicNumbers);
      return volume < low || volume > high || edges.some((edge) => Math.abs(edge) > limit);
    });
    expect(new Set(needed.map(({ crystal }) => crystal.id))).toEqual(new Set(EXCEPTIONS.keys()));
  });
});

/** PBE / experiment − 1. */
function deviations(
  structure: Structure,
  pbe: PbeCrystal,
): { volume: number; density: number; edges: number[] } {
  const own = edgeLengths(symmetryOf(structure, 1e-3).std_cell);
  const volume = latticeVolume(structure.latticeAngstrom) / structure.atomicNumbers.length;
  return {
    volume: pbe.volumePerAtomAngstrom3 / volume - 1,
    density: pbe.densityGramPerCm3 / densityGramPerCm3(structure) - 1,
    edges: own.map((edge, k) => pbe.edgesAngstrom[k]! / edge - 1),
  };
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(1)} %`;
}
