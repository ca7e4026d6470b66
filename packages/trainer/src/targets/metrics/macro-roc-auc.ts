import { rocAuc } from './classification-metrics';

/**
 * Mean over the classes of the area under the ROC curve of one class against the rest, each class counting as much.
 *
 * @param probabilities of each material, one for each class
 * @param actual class of each material
 * @param classes in the order of the probabilities
 * @returns `null` where only one class occurs; classes that do not occur are left out
 */
export function macroRocAuc(
  probabilities: readonly (readonly number[])[],
  actual: readonly number[],
  classes: readonly number[],
): number | null {
  const areas = classes.flatMap((label, place) => {
    const scores = probabilities.map((each) => each[place]!);
    return (
      rocAuc(
        scores,
        actual.map((each) => Number(each === label)),
      ) ?? []
    );
  });
  return areas.length > 0 ? areas.reduce((sum, area) => sum + area, 0) / areas.length : null;
}
