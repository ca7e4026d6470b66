import type { Structure } from '../structure/structure';
import {
  checkDiffractionOptions,
  DIFFRACTION_DEFAULTS,
  type DiffractionOptions,
} from './diffraction-options';
import { type Reflection, reflections } from './reflections';

/** One line of a simulated powder pattern. */
export interface PowderLine {
  readonly twoThetaDegrees: number;
  readonly dSpacingAngstrom: number;
  readonly wavelengthAngstrom: number;
  readonly hkl: readonly [number, number, number];
  readonly multiplicity: number;
  /** Integrated, the strongest line 100. */
  readonly intensity: number;
}

const RADIANS = Math.PI / 180;
/** Lines weaker than this share of the strongest are rounding of extinct ones. */
const WEAKEST = 1e-6;

/**
 * I = m |F|² (1 + cos²2θ_M cos²2θ) / (sin²θ cos θ), λ = 2 d sin θ: the lines of a powder, simulated from its structure.
 *
 * Form factors of neutral atoms without anomalous dispersion, one isotropic B, no absorption, extinction or texture: peaks lie
 * where they are measured, intensities agree with good measurements to a few per cent of the strongest.
 *
 * @param options `lines`, `bIsoAngstrom2`, `monochromatorDegrees` and the range of the bins, defaults elsewhere
 * @param where names the structure in errors
 * @returns by rising 2θ, from the first bin to the last
 * @throws {DataError} `DATA_INVALID` for options, `DATA_TOO_LARGE` and `DATA_UNSUPPORTED` as `reflections`
 *
 * @example
 * ```ts
 * const [first] = simulatedPowderLines(silicon); // 2θ 28.44°, (1 1 1), intensity 100
 * ```
 */
export function simulatedPowderLines(
  structure: Structure,
  options: Partial<DiffractionOptions> = {},
  where = 'structure',
): PowderLine[] {
  const complete = { ...DIFFRACTION_DEFAULTS, ...options };
  checkDiffractionOptions(complete, where);
  const { firstDegrees, stepDegrees, count } = complete;
  const range = [firstDegrees - stepDegrees / 2, firstDegrees + (count - 0.5) * stepDegrees] as const;
  return linesWithin(structure, complete, range, where);
}

/** Lines with 2θ in a range of degrees, by rising 2θ. */
export function linesWithin(
  structure: Structure,
  { lines, bIsoAngstrom2, monochromatorDegrees }: DiffractionOptions,
  [lowest, highest]: readonly [number, number],
  where: string,
): PowderLine[] {
  const shortest = lines.reduce(
    (min, { wavelengthAngstrom }) => Math.min(min, wavelengthAngstrom),
    Number.POSITIVE_INFINITY,
  );
  const limit = (2 * Math.sin((Math.min(180, highest) / 2) * RADIANS)) / shortest;
  const planes = reflections(structure, limit, bIsoAngstrom2, where);
  const polarised = Math.cos(monochromatorDegrees * RADIANS) ** 2;
  const found = lines.flatMap(({ wavelengthAngstrom, weight }) =>
    planes.flatMap((plane) => {
      const line = lineOf(plane, wavelengthAngstrom, polarised);
      const inside = line.twoThetaDegrees >= lowest && line.twoThetaDegrees <= highest;
      return inside ? [{ ...line, intensity: weight * line.intensity }] : [];
    }),
  );
  const strongest = found.reduce((max, { intensity }) => Math.max(max, intensity), 0);
  return found
    .filter(({ intensity }) => intensity > WEAKEST * strongest)
    .map((line) => ({ ...line, intensity: (100 * line.intensity) / strongest }))
    .sort((x, y) => x.twoThetaDegrees - y.twoThetaDegrees);
}

/** 2θ is NaN for planes closer than half a wavelength, and 180° has no finite intensity. */
function lineOf(plane: Reflection, wavelengthAngstrom: number, polarised: number): PowderLine {
  const sine = wavelengthAngstrom / (2 * plane.dSpacingAngstrom);
  const cosine = Math.sqrt(1 - sine * sine);
  const double = 1 - 2 * sine * sine;
  const lorentzPolarisation = (1 + polarised * double * double) / (sine * sine * cosine);
  return {
    twoThetaDegrees: cosine > 1e-6 ? (2 * Math.asin(sine)) / RADIANS : Number.NaN,
    dSpacingAngstrom: plane.dSpacingAngstrom,
    wavelengthAngstrom,
    hkl: plane.hkl,
    multiplicity: plane.multiplicity,
    intensity: plane.intensity * lorentzPolarisation,
  };
}
