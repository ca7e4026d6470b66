import type { AlignmentModel } from '../model/alignment-model';
import type { PreparedMaterial } from '../model/prepare';
import type { ModalityEmbeddings } from '../retrieval';
import { type ClassificationConfig, classLabel } from './classification';
import { predictTarget } from './predict-targets';
import { type RegressionConfig, regressionLabel } from './regression';
import type { Prediction } from './target-kind';
import type { TargetConfig } from './target-kinds';
import { labelSource } from './target-labels';

/** A labelled material and what the model says of it, on the scale that errors are reported in. */
export interface LabelledPrediction {
  /** Place of the material in what was given. */
  readonly row: number;
  readonly actual: number;
  readonly predicted: number;
  readonly probabilities?: readonly number[];
}

/** Predictions for the materials that have a label, and how many labels are bounds that no error can be measured by. */
export interface TargetOutcome {
  readonly labelled: readonly LabelledPrediction[];
  readonly bounds: number;
}

/** The label on the scale that errors are reported in, or `bound`; `undefined` where there is none. */
function reportedLabel(
  name: string,
  config: TargetConfig,
  material: PreparedMaterial,
): number | 'bound' | undefined {
  const source = labelSource(material, config);
  if (!source) return undefined;
  if (config.kind === 'classification') return classLabel(config satisfies ClassificationConfig, source);
  const label = regressionLabel(name, config satisfies RegressionConfig, source);
  return label && label.bound !== 0 ? 'bound' : label?.value;
}

/** Predictions of one target for materials whose embeddings are there. */
export async function targetOutcome(
  model: AlignmentModel,
  name: string,
  materials: readonly PreparedMaterial[],
  embeddings: readonly ModalityEmbeddings[],
): Promise<TargetOutcome> {
  const config = model.config.targets![name]!;
  const { rows } = embeddings.find((each) => each.name === config.modality)!;
  const labels = materials.map((material) => reportedLabel(name, config, material));
  const predictions = await predictTarget(model, name, rows);
  return {
    labelled: labels.flatMap((actual, row): LabelledPrediction[] =>
      typeof actual === 'number' ? [{ row, actual, ...reported(config, predictions[row]!) }] : [],
    ),
    bounds: labels.filter((label) => label === 'bound').length,
  };
}

function reported(
  config: TargetConfig,
  { value, probabilities }: Prediction,
): Pick<LabelledPrediction, 'predicted' | 'probabilities'> {
  const logarithmic = config.kind === 'regression' && config.transform === 'log10';
  return {
    predicted: logarithmic ? Math.log10(value) : value,
    ...(probabilities ? { probabilities } : {}),
  };
}
