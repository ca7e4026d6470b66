import { decodeSafetensors, encodeSafetensors, type NamedTensors } from '@bravais/datasets';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { splitmixWord } from '../retrieval/splitmix';
import { targetExperiment } from '../targets/testing/tiny-targets';
import { distancesAmong, neighborDistances } from '../uncertainty';
import { fitNovelty, noveltyOf } from './novelty-reference';
import { predictionInterval } from './prediction-interval';
import { storedCalibration, withCalibration } from './stored-calibration';

const DIM = 8;
const uniform = (seed: number, i: number) => (splitmixWord(seed, i) + 0.5) / 2 ** 32;
const normal = (seed: number, i: number) =>
  Math.sqrt(-2 * Math.log(uniform(seed, 2 * i))) * Math.cos(2 * Math.PI * uniform(seed, 2 * i + 1));
/** Rows around one axis. */
const cloud = (seed: number, n: number, axis: number) =>
  Float32Array.from({ length: n * DIM }, (_, i) => 0.2 * normal(seed, i) + Number(i % DIM === axis));
/** Sodium and chlorine alone were seen. */
const saltElements = Int32Array.from({ length: 118 }, (_, place) => (place === 10 || place === 16 ? 400 : 0));
const SALT = [11, 17];

describe('predictionInterval', () => {
  const scores = fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 9, maxLength: 40 });
  const values = fc.double({ min: -20, max: 20, noNaN: true });

  property.prop([scores, values])('is as wide on both sides, and wider for a higher level', (list, value) => {
    const config = { transform: 'none' } as const;
    const [half, most] = [0.5, 0.9].map((level) => predictionInterval(config, value, list, level)!);
    expect(most!.high - value).toBeCloseTo(value - most!.low, 9);
    expect(most!.high).toBeGreaterThanOrEqual(half!.high);
    // Of the scores themselves at least the level is inside.
    const inside = list.filter((score) => value + score <= most!.high + 1e-9).length;
    expect(inside / list.length).toBeGreaterThanOrEqual(0.9 - 1e-9);
  });

  property.prop([scores, fc.double({ min: 0.1, max: 20, noNaN: true })])(
    'of a logarithm is a factor, and below the minimum it is cut off',
    (list, value) => {
      const { low, high } = predictionInterval({ transform: 'log10' }, value, list, 0.9)!;
      expect(Math.log10(high / value)).toBeCloseTo(Math.log10(value / low), 9);
      const cut = predictionInterval({ transform: 'none', minimum: 0 }, value, list, 0.9)!;
      const plain = predictionInterval({ transform: 'none' }, value, list, 0.9)!;
      expect([cut.low, cut.high]).toEqual([Math.max(0, plain.low), plain.high]);
    },
  );

  it('is not given where scores are too few, and refuses a level that is none', () => {
    const config = { transform: 'none' } as const;
    expect(predictionInterval(config, 1, [1, 2, 3], 0.9)).toBeNull();
    expect(predictionInterval(config, 1, [1, 2, 3], 0.75)).toEqual({ low: -2, high: 4, level: 0.75 });
    expect(() => predictionInterval(config, 1, [1], 90)).toThrow(
      expect.objectContaining({ code: 'ARGUMENT' }),
    );
  });
});

describe('distancesAmong', () => {
  property.prop([fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 12 }), fc.nat()])(
    'is the distance of each row to the rest',
    (count, neighbors, seed) => {
      const rows = cloud(seed, count, 0);
      const found = distancesAmong(rows, DIM, neighbors);
      for (let row = 0; row < count; row++) {
        const own = rows.slice(row * DIM, (row + 1) * DIM);
        const rest = Float32Array.from([...rows.slice(0, row * DIM), ...rows.slice((row + 1) * DIM)]);
        expect(found[row]).toBeCloseTo(neighborDistances(own, rest, DIM, neighbors)[0]!, 12);
      }
    },
  );

  it('needs two rows', () => {
    expect(() => distancesAmong(cloud(1, 1, 0), DIM)).toThrow(expect.objectContaining({ code: 'SHAPE' }));
  });
});

describe('novelty', () => {
  const reference = fitNovelty(cloud(1, 400, 0), DIM, saltElements);
  const of = (rows: Float32Array, elements: number[] = SALT) =>
    noveltyOf(
      reference,
      rows,
      Array.from({ length: rows.length / DIM }, () => elements),
    );

  it('flags crystals like those of training at the nominal rate, and all of another cloud', () => {
    const like = of(cloud(2, 1000, 0)).filter(({ flagged }) => flagged).length;
    // 5 % of 1000, with four standard errors of the 400 and of the 1000.
    expect(Math.abs(like - 50)).toBeLessThan(4 * 1000 * Math.sqrt(0.05 * 0.95 * (1 / 400 + 1 / 1000)));
    expect(of(cloud(3, 200, 4)).every(({ flagged }) => flagged)).toBe(true);
  });

  it('flags an element that was never seen, however near the embedding', () => {
    const [novelty] = of(reference.rows.slice(0, DIM), [11, 84]);
    expect(novelty).toMatchObject({ unseenElements: ['Po'], flagged: true });
    expect(novelty!.percentile).toBeLessThan(95);
  });

  it('has percentiles that rise with the distance, from 0 to 100', () => {
    const found = of(cloud(5, 300, 0)).sort((a, b) => a.distance - b.distance);
    found.slice(1).forEach(({ percentile }, i) => {
      expect(percentile).toBeGreaterThanOrEqual(found[i]!.percentile);
    });
    expect(of(reference.rows.slice(0, DIM))[0]!.percentile).toBeGreaterThanOrEqual(0);
    expect(of(cloud(3, 1, 4))[0]!.percentile).toBe(100);
  });
});

describe('a calibration in the tensors of a model', () => {
  const config = targetExperiment();
  const weights: NamedTensors = new Map([
    ['a.weight', { dtype: 'F32', shape: [2], data: Float32Array.of(1, 2) }],
  ]);
  const calibration = {
    scores: { density: Float32Array.of(0.125, 0.5, 3) },
    novelty: fitNovelty(cloud(1, 30, 0), DIM, saltElements),
  };
  const stored = (model: NamedTensors) => decodeSafetensors(encodeSafetensors(model)).tensors;

  it('comes back: scores, percentiles and elements bit for bit, embeddings as halves', () => {
    const read = storedCalibration({ config, model: stored(withCalibration(weights, calibration)) })!;
    expect(read.scores).toEqual(calibration.scores);
    const { rows, ...rest } = read.novelty!;
    const { rows: given, ...expected } = calibration.novelty;
    expect(rest).toEqual(expected);
    rows.forEach((value, i) => {
      expect(Math.abs(value - given[i]!)).toBeLessThanOrEqual(2 ** -11 * Math.abs(given[i]!) + 2 ** -25);
    });
  });

  it('takes the place of an older one, and is none where a model has none', () => {
    const once = withCalibration(weights, calibration);
    const again = withCalibration(once, { scores: {}, novelty: null });
    expect(again).toEqual(weights);
    expect(storedCalibration({ config, model: again })).toBeNull();
  });

  it('is refused where it is cut, or of another type', () => {
    const model = new Map(withCalibration(weights, calibration));
    model.delete('preprocessing.calibration.novelty.percentiles');
    expect(() => storedCalibration({ config, model })).toThrow(
      'preprocessing.calibration.novelty.percentiles must hold 101 numbers of type Float32Array, got nothing',
    );
  });
});
