import { scoped, type Tensor, tensor } from '@bravais/tensor-core';
import { type CapturedStep, type CaptureFallback, capture } from '@bravais/tensor-core/capture';
import {
  type AdamWState,
  adamW,
  adamWNumbers,
  decayMask,
  initAdamW,
  type Schedule,
  valueAndFlatGradient,
} from '@bravais/tensor-core/optim';
import type { Key, RandomKey } from '@bravais/tensor-core/random';
import type { Checkpoint } from '../checkpoint';
import type { PreparedMaterial } from '../data';
import {
  type AlignmentModel,
  alignmentLoss,
  type BatchPresence,
  type HostBatch,
  isComplete,
  type ModelBatch,
  modelBatch,
  presenceOf,
  uploadBatch,
} from '../model';
import { restoreOptimizer } from './model-tensors';

/** What a step hands back, valid until the next one. */
export interface StepResult {
  readonly loss: Tensor;
  /** Before clipping. */
  readonly gradientNorm: Tensor;
}

interface StepInputs {
  readonly batch: ModelBatch;
  readonly dropoutKey: RandomKey;
  /** {@link adamWNumbers} of the step. */
  readonly numbers: Tensor;
}

/** AdamW on the parameters of a model, one step at a time; recorded once for each bucket of batches, then replayed. */
export class ModelOptimizer {
  readonly #model: AlignmentModel;
  readonly #schedule: Schedule;
  readonly #decay: Tensor;
  readonly #captured: CapturedStep<StepInputs, StepResult>;
  #state: AdamWState;

  /** @param onFallback told why, where steps turn out to be impossible to record */
  constructor(
    model: AlignmentModel,
    schedule: Schedule,
    resume: Checkpoint | null,
    onFallback: (reason: CaptureFallback) => void,
  ) {
    this.#model = model;
    this.#schedule = schedule;
    this.#decay = decayMask(model.parameters);
    const fresh = initAdamW(model.parameters);
    this.#state = resume ? restoreOptimizer(model, fresh, resume) : fresh;
    this.#captured = capture(model.device, (inputs: StepInputs) => this.#update(inputs, {}), { onFallback });
  }

  get state(): AdamWState {
    return this.#state;
  }

  /** Learning rate of the step that comes next. */
  get learningRate(): number {
    return this.#schedule(this.#state.step);
  }

  /** Updates the parameters on one batch. */
  step(materials: readonly PreparedMaterial[], dropoutKey: Key): StepResult {
    const { betas, epsilon, weightDecay } = this.#model.config.optim;
    const step = this.#state.step + 1;
    const options = { learningRate: this.learningRate, betas, epsilon, weightDecay };
    const batch = modelBatch(this.#model, materials);
    const numbers = adamWNumbers(step, options);
    const presence = presenceOf(materials);
    const result = isComplete(presence)
      ? this.#captured({ batch, dropoutKey, numbers })
      : this.#incomplete(batch, presence, dropoutKey, numbers);
    this.#state = { ...this.#state, step };
    return result;
  }

  /** Lets go of the recordings. */
  dispose(): void {
    this.#captured.dispose();
  }

  /** Which rows lack a modality differs from batch to batch and decides what is launched: nothing to record. */
  #incomplete(batch: HostBatch, presence: BatchPresence, dropoutKey: Key, numbers: Float32Array): StepResult {
    const { device } = this.#model;
    return scoped(device, () =>
      this.#update(
        { batch: uploadBatch(device, batch), dropoutKey, numbers: tensor(device, numbers) },
        presence,
      ),
    );
  }

  /** Gradient and update on the device; nothing here depends on the host's numbers. */
  #update({ batch, dropoutKey, numbers }: StepInputs, presence: Partial<BatchPresence>): StepResult {
    const model = this.#model;
    const { value, gradient } = valueAndFlatGradient(
      model.parameters,
      (tree) => alignmentLoss(model, tree, batch, presence, dropoutKey),
      model.config.optim.clipNorm,
    );
    return model.device.layer('optimizer', () => {
      adamW(model.parameters, gradient, this.#decay, this.#state, numbers);
      return { loss: value, gradientNorm: gradient.norm };
    });
  }
}
