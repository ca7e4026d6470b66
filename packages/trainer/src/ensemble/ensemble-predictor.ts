import type { Novelty } from '../calibration';
import { FLAGGED_PERCENTILE } from '../calibration/novelty-reference';
import type { PropertyPredictor, StructureAssessment } from '../targets/property-predictor';
import { meanPrediction } from './mean-prediction';

/**
 * A deep ensemble in the place of one model: means of numbers with the deviation between members, classes by mean probability, novelty by mean
 * percentile. It gives no intervals: those of a member are not those of the mean.
 *
 * @param members predictors of one experiment with different seeds, two at least
 *
 * @example
 * const [{ predictions }] = await ensemblePredictor(members).assess([prepared]); // predictions.gap.deviation in eV
 */
export function ensemblePredictor(members: readonly PropertyPredictor[]): PropertyPredictor {
  const { properties, prepare } = members[0]!;
  const assess: PropertyPredictor['assess'] = async (prepared) => {
    const said: StructureAssessment[][] = [];
    for (const member of members) said.push(await member.assess(prepared));
    return prepared.map((_, row) => {
      const own = said.map((each) => each[row]!);
      return {
        predictions: Object.fromEntries(
          properties.map(({ name, classes }) => [
            name,
            meanPrediction(
              own.map(({ predictions }) => predictions[name]!),
              classes,
            ),
          ]),
        ),
        novelty: meanNovelty(own.map(({ novelty }) => novelty)),
      };
    });
  };
  return {
    properties,
    prepare,
    assess,
    predict: async (prepared) => (await assess(prepared)).map(({ predictions }) => predictions),
  };
}

/** `null` where a member knows nothing of it. */
function meanNovelty(members: readonly (Novelty | null)[]): Novelty | null {
  const known = members.flatMap((each) => each ?? []);
  if (known.length < members.length) return null;
  const mean = (of: (novelty: Novelty) => number): number =>
    known.reduce((sum, each) => sum + of(each), 0) / known.length;
  const percentile = mean((each) => each.percentile);
  const unseenElements = [...new Set(known.flatMap((each) => each.unseenElements))];
  return {
    distance: mean(({ distance }) => distance),
    percentile,
    unseenElements,
    flagged: percentile > FLAGGED_PERCENTILE || unseenElements.length > 0,
  };
}
