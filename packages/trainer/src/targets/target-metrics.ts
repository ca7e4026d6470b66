import type { AlignmentModel } from '../model/alignment-model';
import type { PreparedMaterial } from '../model/prepare';
import type { ModalityEmbeddings } from '../retrieval';
import { classificationMetrics } from './metrics/classification-metrics';
import { regressionMetrics } from './metrics/regression-metrics';
import { targetOutcome } from './target-scores';

/** Scores of every target that has a label among the materials, as `gap/mae`; what has no value is left out. */
export async function targetMetrics(
  model: AlignmentModel,
  materials: readonly PreparedMaterial[],
  embeddings: readonly ModalityEmbeddings[],
): Promise<Record<string, number>> {
  const metrics: Record<string, number> = {};
  for (const [name, { kind }] of Object.entries(model.config.targets ?? {})) {
    const { labelled } = await targetOutcome(model, name, materials, embeddings);
    if (labelled.length === 0) continue;
    const [predicted, actual] = [labelled.map((each) => each.predicted), labelled.map((each) => each.actual)];
    const scores = kind === 'regression' ? numbers(predicted, actual) : classes(predicted, actual);
    for (const [score, value] of Object.entries(scores)) {
      if (value !== null) metrics[`${name}/${score}`] = value;
    }
  }
  return metrics;
}

function numbers(predicted: readonly number[], actual: readonly number[]): Record<string, number | null> {
  const { mae, rmse, r2, spearman } = regressionMetrics(predicted, actual);
  return { mae, rmse, r2, spearman };
}

function classes(predicted: readonly number[], actual: readonly number[]): Record<string, number> {
  const { accuracy, macroF1 } = classificationMetrics(predicted, actual);
  return { accuracy, macroF1 };
}
