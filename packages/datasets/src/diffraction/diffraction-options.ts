import { DataError } from '../data-error';

/** One wavelength of a source and its share of the photons; plain JSON. */
export type SpectralLine = { readonly wavelengthAngstrom: number; readonly weight: number };

/** Copper Kα₁ alone, as behind a monochromator that keeps Kα₂ out, and as in tabulated patterns. */
export const COPPER_K_ALPHA_1: readonly SpectralLine[] = [{ wavelengthAngstrom: 1.5406, weight: 1 }];

/** The copper Kα doublet, Kα₁ twice as strong as Kα₂. */
export const COPPER_K_ALPHA: readonly SpectralLine[] = [
  { wavelengthAngstrom: 1.5406, weight: 2 },
  { wavelengthAngstrom: 1.54439, weight: 1 },
];

/** How a powder pattern is simulated; plain JSON. */
export type DiffractionOptions = {
  /** Wavelengths of the source; {@link COPPER_K_ALPHA_1} by default. */
  readonly lines: readonly SpectralLine[];
  /** Bins of 2θ; bin i covers first + (i ± ½) step. 800 from 10° to 90° by default. */
  readonly count: number;
  readonly firstDegrees: number;
  readonly stepDegrees: number;
  /** Full width of a peak at half its height in 2θ. */
  readonly fwhmDegrees: number;
  /** Share η of the Lorentzian in the pseudo-Voigt profile, 0 (Gaussian) to 1. */
  readonly lorentzShare: number;
  /** B of the Debye–Waller factor exp(−B sin²θ/λ²), the same for every atom. */
  readonly bIsoAngstrom2: number;
  /** 2θ of a monochromator crystal (26.6 for graphite and copper), which polarises; 0 without. */
  readonly monochromatorDegrees: number;
};

/** Defaults of {@link DiffractionOptions}. */
export const DIFFRACTION_DEFAULTS: DiffractionOptions = {
  lines: COPPER_K_ALPHA_1,
  count: 800,
  firstDegrees: 10.05,
  stepDegrees: 0.1,
  fwhmDegrees: 0.2,
  lorentzShare: 0.5,
  bIsoAngstrom2: 0.5,
  monochromatorDegrees: 0,
};

const MOST_BINS = 65_536;

/** @throws {DataError} `DATA_INVALID` that names the option */
export function checkDiffractionOptions(options: DiffractionOptions, where: string): void {
  const { lines, count, firstDegrees, stepDegrees, fwhmDegrees, lorentzShare } = options;
  const last = firstDegrees + (count - 0.5) * stepDegrees;
  const rules: readonly (readonly [keyof DiffractionOptions, boolean, string])[] = [
    [
      'count',
      Number.isInteger(count) && count >= 1 && count <= MOST_BINS,
      `an integer from 1 to ${MOST_BINS}`,
    ],
    ['stepDegrees', stepDegrees > 0 && stepDegrees < 180, 'a step above 0'],
    [
      'firstDegrees',
      firstDegrees - stepDegrees / 2 >= 0 && last <= 180 + 1e-9,
      'bins of 2θ from 0 to 180 degrees',
    ],
    ['fwhmDegrees', fwhmDegrees > 0 && fwhmDegrees <= 20, 'a width above 0, at most 20'],
    ['lorentzShare', lorentzShare >= 0 && lorentzShare <= 1, 'a share from 0 to 1'],
    ['bIsoAngstrom2', options.bIsoAngstrom2 >= 0 && options.bIsoAngstrom2 <= 100, 'B from 0 to 100 Å²'],
    [
      'monochromatorDegrees',
      options.monochromatorDegrees >= 0 && options.monochromatorDegrees < 180,
      '2θ from 0 to below 180',
    ],
    [
      'lines',
      lines.length > 0 &&
        lines.length <= 16 &&
        lines.every(
          ({ wavelengthAngstrom: w, weight }) => w >= 0.05 && w <= 10 && weight > 0 && weight < 1e9,
        ),
      'up to 16 wavelengths from 0.05 to 10 Å with weights above 0',
    ],
  ];
  for (const [name, holds, expected] of rules) {
    if (holds) continue;
    throw new DataError(
      'DATA_INVALID',
      where,
      `options.${name}: ${expected} expected, got ${JSON.stringify(options[name])}. Correct the option.`,
    );
  }
}
