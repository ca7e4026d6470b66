import { scoped, type Tensor, valueAndGrad } from '@bravais/tensor-core';
import {
  type AdamWState,
  adamW,
  decayMask,
  flattenGradient,
  initAdamW,
  type Schedule,
} from '@bravais/tensor-core/optim';
import type { Key } from '@bravais/tensor-core/random';
import type { Checkpoint } from '../checkpoint';
import type { PreparedMaterial } from '../data';
import { type AlignmentModel, alignmentLoss, modelBatch } from '../model';
import { restoreOptimizer } from './model-tensors';

/** AdamW on the parameters of a model, one step at a time. */
export class ModelOptimizer {
  readonly #model: AlignmentModel;
  readonly #schedule: Schedule;
  readonly #decay: Tensor;
  #state: AdamWState;

  constructor(model: AlignmentModel, schedule: Schedule, resume: Checkpoint | null) {
    this.#model = model;
    this.#schedule = schedule;
    this.#decay = decayMask(model.parameters);
    const fresh = initAdamW(model.parameters);
    this.#state = resume ? restoreOptimizer(model, fresh, resume) : fresh;
  }

  get state(): AdamWState {
    return this.#state;
  }

  /** Learning rate of the step that comes next. */
  get learningRate(): number {
    return this.#schedule(this.#state.step);
  }

  /** Updates the parameters on one batch; returns the loss and the gradient norm before clipping. */
  step(materials: readonly PreparedMaterial[], dropoutKey: Key): { loss: Tensor; gradientNorm: Tensor } {
    const model = this.#model;
    const { betas, epsilon, weightDecay, clipNorm } = model.config.optim;
    const { learningRate } = this;
    return scoped(model.device, () => {
      const batch = modelBatch(model, materials);
      const { value, grads } = valueAndGrad(model.parameters.tree, (tree) =>
        alignmentLoss(model, tree, batch, dropoutKey),
      );
      const gradient = flattenGradient(model.parameters, grads, clipNorm);
      const options = { learningRate, betas, epsilon, weightDecay };
      this.#state = adamW(model.parameters, gradient, this.#decay, this.#state, options);
      return { loss: value, gradientNorm: gradient.norm };
    });
  }
}
