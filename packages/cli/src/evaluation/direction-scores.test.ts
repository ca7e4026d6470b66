import { describe, expect, it } from 'vitest';
import { sampleEvaluation } from '../testing/sample-report';
import { controlsShown, directionScores, variantsShown } from './direction-scores';

describe('directionScores', () => {
  const { pairs, controls, variants } = sampleEvaluation(80, 1.2);

  it('has for each direction every score with chance, and the value inside its interval', () => {
    const directions = directionScores(pairs, 0);
    expect(directions.map(({ query, gallery, count }) => [query, gallery, count])).toEqual([
      ['structure', 'phononDos', 80],
      ['phononDos', 'structure', 80],
    ]);
    for (const [index, { scores }] of directions.entries()) {
      const { recallAt1, recallAt5, recallAt10, recallAt25, meanReciprocalRank, medianRank, meanRank } =
        pairs[index]!.scores!;
      expect(scores.map(({ value }) => value)).toEqual([
        recallAt1,
        recallAt5,
        recallAt10,
        recallAt25,
        meanReciprocalRank,
        medianRank,
        meanRank,
      ]);
      for (const { value, interval } of scores) {
        expect(interval[0]).toBeLessThanOrEqual(value);
        expect(interval[1]).toBeGreaterThanOrEqual(value);
        expect(interval[0]).toBeLessThan(interval[1]);
      }
    }
  });

  it('has beside each score what every control reaches that knows the direction', () => {
    const [scalars, composition] = controls;
    const oneWay = { ...composition!, pairs: composition!.pairs.slice(0, 1) };
    const [there, back] = directionScores(pairs, 0, [scalars!, oneWay]);
    expect(there!.scores[2]!.controls).toEqual({
      scalars: scalars!.pairs[0]!.scores!.recallAt10,
      composition: composition!.pairs[0]!.scores!.recallAt10,
    });
    expect(back!.scores[5]!.controls).toEqual({ scalars: scalars!.pairs[1]!.scores!.medianRank });
    expect(controlsShown([back!])).toEqual(['scalars']);
    expect(controlsShown([back!, there!])).toEqual(['scalars', 'composition']);
    expect(controlsShown(directionScores(pairs, 0))).toEqual([]);
  });

  it('has beside each score the other ways of ranking, with chance and interval of their own', () => {
    const [there] = directionScores(pairs, 0, [], variants);
    const single = variants![1]!.pairs[0]!;
    expect(there!.variantCounts).toEqual({ polymorphs: 80, 'one-per-formula': 47, 'hubness-corrected': 80 });
    expect(there!.scores[4]!.variants['one-per-formula']).toMatchObject({
      value: single.scores!.meanReciprocalRank,
      chance: single.chance!.meanReciprocalRank,
    });
    expect(variantsShown([there!])).toEqual(['polymorphs', 'one-per-formula', 'hubness-corrected']);
    expect(variantsShown(directionScores(pairs, 0))).toEqual([]);
  });

  it('repeats with the seed and leaves out directions without a material', () => {
    expect(directionScores(pairs, 4)).toEqual(directionScores(pairs, 4));
    const empty = { ...pairs[0]!, count: 0, scores: null, chance: null };
    expect(directionScores([empty, pairs[1]!], 0)).toHaveLength(1);
  });
});
