import { scoped, type Tensor, tensor } from '@bravais/tensor-core';
import { type CapturedStep, type CaptureFallback, capture } from '@bravais/tensor-core/capture';
import {
  type AdamWState,
  adamW,
  adamWNumbers,
  decayMask,
  type FlatGradient,
  initAdamW,
  type Schedule,
  valueAndFlatGradient,
} from '@bravais/tensor-core/optim';
import type { Key, RandomKey } from '@bravais/tensor-core/random';
import type { Checkpoint } from '../checkpoint';
import {
  type AlignmentModel,
  alignmentLoss,
  type BatchPresence,
  type HostBatch,
  isComplete,
  type ModelBatch,
  modalitiesOf,
  modelBatch,
  type PreparedMaterial,
  presenceOf,
  uploadBatch,
} from '../model';
import { type HostTargetLabels, type TargetLabels, uploadTargetLabels } from '../targets/target-labels';
import { MicroBatches } from './micro-batches';
import { restoreOptimizer } from './model-tensors';
import type { StepResult } from './step-result';
import { labelsOf, trainedParameters } from './supervision';

interface StepInputs {
  readonly batch: ModelBatch;
  readonly labels: TargetLabels;
  readonly dropoutKey: RandomKey;
  /** {@link adamWNumbers} of the step. */
  readonly numbers: Tensor;
}

/**
 * AdamW on the parameters of a model, one step at a time; recorded once for each bucket of batches, then replayed. Where the config
 * says `microBatch`, the encoders see so many materials at a time.
 */
export class ModelOptimizer {
  readonly #model: AlignmentModel;
  readonly #schedule: Schedule;
  readonly #decay: Tensor;
  readonly #captured: CapturedStep<StepInputs, StepResult>;
  /** `null` where the encoders see the whole batch. */
  readonly #microBatches: MicroBatches | null;
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
    this.#decay = decayMask(trainedParameters(model));
    const fresh = initAdamW(model.parameters);
    this.#state = resume ? restoreOptimizer(model, fresh, resume) : fresh;
    this.#captured = capture(model.device, (inputs: StepInputs) => this.#update(inputs, {}), { onFallback });
    const { microBatch } = model.config.training;
    const apply = (gradient: FlatGradient, numbers: Tensor): void => this.#apply(gradient, numbers);
    this.#microBatches =
      microBatch === undefined ? null : new MicroBatches(model, microBatch, apply, onFallback);
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
    const numbers = adamWNumbers(step, options);
    const result = this.#microBatches
      ? this.#microBatches.step(materials, dropoutKey, numbers)
      : this.#whole(materials, dropoutKey, numbers);
    this.#state = { ...this.#state, step };
    return result;
  }

  /** Lets go of the recordings. */
  dispose(): void {
    this.#captured.dispose();
    this.#microBatches?.dispose();
  }

  /** A step in which the encoders see the whole batch. */
  #whole(materials: readonly PreparedMaterial[], dropoutKey: Key, numbers: Float32Array): StepResult {
    const batch = modelBatch(this.#model, materials);
    const labels = labelsOf(this.#model, materials);
    const presence = presenceOf(materials, modalitiesOf(this.#model.config.model));
    // Targets say in their labels what is missing.
    return !this.#model.config.loss || isComplete(presence)
      ? this.#captured({ batch, labels, dropoutKey, numbers })
      : this.#incomplete(batch, labels, presence, dropoutKey, numbers);
  }

  /** Which rows lack a modality differs from batch to batch and decides what is launched: nothing to record. */
  #incomplete(
    batch: HostBatch,
    labels: HostTargetLabels,
    presence: BatchPresence,
    dropoutKey: Key,
    numbers: Float32Array,
  ): StepResult {
    const { device } = this.#model;
    return scoped(device, () =>
      this.#update(
        {
          batch: uploadBatch(device, batch),
          labels: uploadTargetLabels(device, labels),
          dropoutKey,
          numbers: tensor(device, numbers),
        },
        presence,
      ),
    );
  }

  /** Gradient and update on the device; nothing here depends on the host's numbers. */
  #update({ batch, labels, dropoutKey, numbers }: StepInputs, presence: BatchPresence): StepResult {
    const model = this.#model;
    const { value, gradient, aux } = valueAndFlatGradient(
      model.parameters,
      (tree) => {
        const { total, terms } = alignmentLoss(model, tree, batch, presence, dropoutKey, labels);
        return { loss: total, aux: terms };
      },
      model.config.optim.clipNorm,
    );
    this.#apply(gradient, numbers);
    return { loss: value, gradientNorm: gradient.norm, terms: aux ?? {} };
  }

  #apply(gradient: FlatGradient, numbers: Tensor): void {
    const { device, parameters } = this.#model;
    device.layer('optimizer', () => {
      adamW(parameters, gradient, this.#decay, this.#state, numbers);
    });
  }
}
