import { STEM_DEFECTS, type StemImage, type StemOptions, simulateStem } from '../stem/index';
import type { Structure } from '../structure/structure';
import { fnv1a } from './split-of-formula';

type ZoneAxis = readonly [number, number, number];

/** Structure types that are imaged, with zone axes in the axes of their primitive cells. */
const IMAGED: readonly { readonly types: string; readonly axes: readonly ZoneAxis[] }[] = [
  {
    // Conventional [001] and [110].
    types: 'fcc diamond zincblende rock-salt fluorite antifluorite',
    axes: [
      [1, 1, -1],
      [0, 0, 1],
    ],
  },
  {
    // Conventional [001] and [111].
    types: 'bcc',
    axes: [
      [1, 1, 0],
      [1, 1, 1],
    ],
  },
  {
    types: 'cesium-chloride perovskite antiperovskite auricupride a15 rhenium-trioxide',
    axes: [
      [0, 0, 1],
      [0, 1, 1],
    ],
  },
  {
    types: 'hcp wurtzite molybdenite boron-nitride graphite aluminium-diboride rutile',
    axes: [
      [0, 0, 1],
      [1, 0, 0],
    ],
  },
];
const ZONE_AXES: ReadonlyMap<string, readonly ZoneAxis[]> = new Map(
  IMAGED.flatMap(({ types, axes }) => types.split(' ').map((type) => [type, axes] as const)),
);
/** Drift of a frame along each axis, Å at most. */
const LARGEST_DRIFT_ANGSTROM = 0.6;
/** Electrons a pixel: mean doses of the images, one of them for each. */
const DOSES = [40, 100, 250];

/** Whether crystals of this structure type have images. */
export function isImaged(prototypeName: string): boolean {
  return ZONE_AXES.has(prototypeName);
}

/** What an image depends on: any record of the reference set. */
export interface ImagedCrystal {
  readonly id: string;
  readonly structure: Structure;
  /** Name of the structure type. */
  readonly prototype: string;
}

/**
 * The simulated STEM image of a crystal number `index`, 0, 1, …: each one another place, zone axis, defect, drift and dose, all of them
 * from the crystal's name and the index alone, with its class and the place of the defect.
 *
 * @throws RangeError for structure types that are not imaged
 */
export function referenceStemImage({ id, structure, prototype }: ImagedCrystal, index = 0): StemImage {
  return simulateStem(structure, stemOptionsOf(id, prototype, index));
}

function stemOptionsOf(id: string, type: string, index: number): StemOptions {
  const axes = ZONE_AXES.get(type);
  if (axes === undefined) {
    throw new RangeError(
      `stem: a structure type with images expected, got ${type}. Ask for records with an image view, or call simulateStem.`,
    );
  }
  const seed = fnv1a(`${id} ${index}`);
  const share = (divisor: number, of: number): number => Math.floor(seed / divisor) % of;
  const drift = (divisor: number): number => LARGEST_DRIFT_ANGSTROM * (share(divisor, 201) / 100 - 1);
  return {
    seed,
    zoneAxis: axes[share(4, axes.length)]!,
    defect: STEM_DEFECTS[share(16, STEM_DEFECTS.length)]!,
    dose: DOSES[share(64, DOSES.length)]!,
    driftAngstrom: [drift(256), drift(65_536)],
  };
}
