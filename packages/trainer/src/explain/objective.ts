import { add, l2Normalize, mul, reshape, slice, sum, type Tensor, tensor } from '@bravais/tensor-core';
import type { AlignmentModel } from '../model';
import { predictTarget } from '../targets/predict-targets';
import { errorUnitOf } from '../targets/property-units';
import { applyTargetHead } from '../targets/target-heads';

/** A number that a model gives for an embedding, which attributions are of. */
export interface Objective {
  /** In words. */
  readonly name: string;
  /** Empty where it has none. */
  readonly unit: string;
  /** `[K]` of embeddings `[K, D]`. */
  of(z: Tensor): Tensor;
}

/** cos(z, u) with a fixed embedding u of another view of the material. */
export function similarityObjective(partner: string, u: Float32Array): Objective {
  const length = Math.hypot(...u);
  const unit = u.map((value) => value / length);
  return {
    name: `cosine with its ${partner}`,
    unit: '',
    of: (z) => sum(mul(l2Normalize(z), tensor(z.device, unit, [1, unit.length])), 1),
  };
}

/**
 * What the head of a target says: of a regression the prediction on the scale that the head learns, of a classification the logit of the
 * class that is predicted for `z`.
 *
 * @param z `[D]`, embedding of the material
 */
export async function targetObjective(
  model: AlignmentModel,
  name: string,
  z: Float32Array,
): Promise<Objective> {
  const config = model.config.targets![name]!;
  const fitted = model.preprocessing.targets![name]!;
  const head = model.parameters.tree.targets![name]!;
  const output = (embeddings: Tensor, column: number): Tensor => {
    const all = applyTargetHead(head, config, embeddings, null);
    return reshape(slice(all, [null, { start: column, end: column + 1 }]), [all.shape[0]!]);
  };
  if (config.kind === 'regression') {
    const [mean, deviation] = [fitted.mean![0]!, fitted.deviation![0]!];
    return { name, unit: errorUnitOf(config), of: (rows) => add(mul(output(rows, 0), deviation), mean) };
  }
  const [predicted] = await predictTarget(model, name, z);
  const column = fitted.classes!.indexOf(predicted!.value);
  return { name: `logit of ${name} ${predicted!.value}`, unit: '', of: (rows) => output(rows, column) };
}
