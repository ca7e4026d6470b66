import type { Augmentation, Prepared } from './modality';
import { normalBelow } from './normal-distribution';
import { seededDraws } from './seeded-draws';

/** What augmentations must know of a spectrum in bins. */
export interface SpectrumAxis {
  /** Width of a bin. */
  readonly step: number;
  /** True where views are scaled to maximum 1, which shifting and broadening then restore. */
  readonly toMaximum: boolean;
}

/** The four augmentations of a spectrum in bins. */
export interface SpectrumAugmentations<Options> extends Record<string, Augmentation<Options, Float32Array>> {
  readonly shift: Augmentation<Options, Float32Array>;
  readonly broadening: Augmentation<Options, Float32Array>;
  readonly noise: Augmentation<Options, Float32Array>;
  readonly scale: Augmentation<Options, Float32Array>;
}

/**
 * Augmentations of a spectrum in uniform bins.
 *
 * - `shift`: along the axis by s, uniform in ±amount; mass moves between neighbouring bins in proportion, what leaves is lost, what
 *   enters is unknown (mask 0).
 * - `broadening`: convolution with a Gaussian of standard deviation uniform in [0, amount].
 * - `noise`: each known bin plus a normal number times amount times the maximum, cut at 0.
 * - `scale`: all bins times exp(s), s uniform in ±amount.
 *
 * @param axisOf step and scaling that go with the options
 * @param amounts defaults, those of `shift` and `broadening` in the unit of the axis
 */
export function spectrumAugmentations<Options>(
  axisOf: (options: Options) => SpectrumAxis,
  unit: string,
  amounts: Readonly<Record<'shift' | 'broadening' | 'noise' | 'scale', number>>,
): SpectrumAugmentations<Options> {
  return {
    shift: {
      measure: `largest shift either way, ${unit}`,
      amount: amounts.shift,
      apply(prepared, amount, key, options) {
        const { step, toMaximum } = axisOf(options);
        const by = seededDraws(key).between(-amount, amount) / step;
        if (by === 0) return prepared;
        const known = prepared.mask ?? new Float32Array(prepared.view.length).fill(1);
        return {
          ...prepared,
          view: rescaled(shifted(prepared.view, by), toMaximum),
          mask: shifted(known, by),
        };
      },
    },
    broadening: {
      measure: `largest standard deviation, ${unit}`,
      amount: amounts.broadening,
      apply(prepared, amount, key, options) {
        const { step, toMaximum } = axisOf(options);
        const sigma = seededDraws(key).between(0, amount) / step;
        if (sigma === 0) return prepared;
        return { ...prepared, view: rescaled(broadened(prepared.view, sigma), toMaximum) };
      },
    },
    noise: {
      measure: 'standard deviation as a share of the maximum',
      amount: amounts.noise,
      apply(prepared, amount, key) {
        const draws = seededDraws(key);
        const deviation = amount * maximumOf(prepared.view);
        return mapped(prepared, (value, bin) => {
          const drawn = draws.normal();
          return prepared.mask?.[bin] === 0 ? value : Math.max(0, value + deviation * drawn);
        });
      },
    },
    scale: {
      measure: 'largest change of the natural logarithm of the scale',
      amount: amounts.scale,
      apply(prepared, amount, key) {
        const factor = Math.exp(seededDraws(key).between(-amount, amount));
        return mapped(prepared, (value) => value * factor);
      },
    },
  };
}

function mapped(
  prepared: Prepared<Float32Array>,
  change: (value: number, bin: number) => number,
): Prepared<Float32Array> {
  return { ...prepared, view: prepared.view.map(change) };
}

/** Bins moved up by `by` bins, a fraction shared out between two; 0 where nothing comes from. */
function shifted(values: Float32Array, by: number): Float32Array {
  const whole = Math.floor(by);
  const part = by - whole;
  return values.map(
    (_, bin) => (1 - part) * (values[bin - whole] ?? 0) + part * (values[bin - whole - 1] ?? 0),
  );
}

/** Convolution with a Gaussian of `sigma` bins, integrated over each bin. */
function broadened(values: Float32Array, sigma: number): Float32Array {
  const reach = Math.min(values.length, Math.ceil(6 * sigma) + 1);
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const bin = i - reach;
    return normalBelow((bin + 0.5) / sigma) - normalBelow((bin - 0.5) / sigma);
  });
  return values.map((_, to) => {
    let sum = 0;
    for (let from = Math.max(0, to - reach); from <= Math.min(values.length - 1, to + reach); from++) {
      sum += values[from]! * kernel[to - from + reach]!;
    }
    return sum;
  });
}

function rescaled(values: Float32Array, toMaximum: boolean): Float32Array {
  const largest = toMaximum ? maximumOf(values) : 0;
  return largest > 0 ? values.map((value) => value / largest) : values;
}

function maximumOf(values: Float32Array): number {
  return values.reduce((max, value) => Math.max(max, value), 0);
}
