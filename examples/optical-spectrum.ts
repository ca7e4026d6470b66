// A modality of your own is one file: optical absorption measured against the wavelength, prepared for the spectrum encoder.
import {
  augment,
  completeOptions,
  DataError,
  type Modality,
  resampleSpectrum,
  spectrumAugmentations,
} from '@bravais/datasets';

/** What a spectrometer writes. */
interface AbsorptionSpectrum {
  /** Rising or falling. */
  readonly wavelengthsNm: readonly number[];
  /** α in cm⁻¹. */
  readonly absorptionPerCm: readonly number[];
}

/** Plain JSON, stored with the model: training and use cannot differ. */
type AbsorptionOptions = {
  /** Bin i covers firstEv + (i ± ½) stepEv of photon energy. */
  readonly count: number;
  readonly firstEv: number;
  readonly stepEv: number;
  /** α₀ of log(1 + α/α₀), in cm⁻¹: absorption spans six decades. */
  readonly referencePerCm: number;
};

/** h c in eV nm. */
const PLANCK_LIGHT_EV_NM = 1239.841984;

const opticalAbsorption: Modality<AbsorptionSpectrum, AbsorptionOptions> = {
  name: 'opticalAbsorption',
  defaults: { count: 32, firstEv: 1.05, stepEv: 0.1, referencePerCm: 100 },
  form: ({ count }) => ({ shape: [count], unit: '', axis: 'photon energy, eV' }),
  prepare({ wavelengthsNm, absorptionPerCm }, { count, firstEv, stepEv, referencePerCm }, where) {
    if (wavelengthsNm.some((wavelength) => !(wavelength > 0))) {
      throw new DataError('DATA_INVALID', where, 'wavelengths above 0 nm expected. Check the first column.');
    }
    const samples = wavelengthsNm
      .map((wavelength, i) => [PLANCK_LIGHT_EV_NM / wavelength, absorptionPerCm[i]!] as const)
      .sort(([one], [other]) => one - other);
    // α is a function of the energy, not a density over it: no Jacobian. A bin holds its mean over the bin.
    const { values, covered } = resampleSpectrum(
      { positions: samples.map(([energy]) => energy), densities: samples.map(([, alpha]) => alpha) },
      { count, first: firstEv, step: stepEv },
      { where },
    );
    return {
      view: values.map((alpha, i) => Math.log1p(alpha / Math.max(covered[i]!, 1e-6) / referencePerCm)),
      mask: covered,
      notes: [],
    };
  },
  augmentations: spectrumAugmentations(({ stepEv }) => ({ step: stepEv, toMaximum: false }), 'eV', {
    shift: 0.02,
    broadening: 0.05,
    noise: 0.01,
    scale: 0.05,
  }),
};

// Silicon at 300 K, rounded: M. A. Green, Sol. Energy Mater. Sol. Cells 92, 1305 (2008).
const silicon: AbsorptionSpectrum = {
  wavelengthsNm: [300, 350, 400, 450, 500, 550, 600, 650, 700, 750, 800, 900, 1000, 1100],
  absorptionPerCm: [1.73e6, 1.04e6, 9.52e4, 2.55e4, 1.11e4, 6390, 4140, 2810, 1900, 1300, 850, 306, 64, 3.5],
};

const options = completeOptions(opticalAbsorption, { count: 40 }, 'config.yaml');
const prepared = opticalAbsorption.prepare(silicon, options, 'silicon.csv');
const { shape, axis } = opticalAbsorption.form(options);
const known = prepared.mask!.filter((share) => share > 0.99).length;
console.log(`[${shape.join(', ')}] against ${axis}; ${known} bins known whole`);

const steps = [{ name: 'shift' }, { name: 'noise', amount: 0.02 }];
for (const epoch of [0, 1]) {
  const { view } = augment(opticalAbsorption, prepared, steps, [42, epoch], options);
  console.log(`epoch ${epoch}: ${Array.from(view.subarray(10, 15), (value) => value.toFixed(2)).join(' ')}`);
}
