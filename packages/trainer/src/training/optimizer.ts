import { add, empty, mul, readAll, scoped, sub, type Tensor, tensor } from '@bravais/tensor-core';
import { type CapturedStep, type CaptureFallback, capture } from '@bravais/tensor-core/capture';
import {
  type AdamWState,
  adamW,
  adamWNumbers,
  decayMask,
  type FlatGradient,
  initAdamW,
  initEma,
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
import { averageDecay } from './average-decay';
import { MicroBatches } from './micro-batches';
import { readTensors, restoreOptimizer } from './model-tensors';
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
  /** Exponential moving average of the parameters; `null` where the config asks for none. */
  readonly #average: Tensor | null;
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
    this.#average = model.config.training.ema === undefined ? null : initEma(model.parameters);
    this.#state = initAdamW(model.parameters);
    if (resume) this.restore(resume, resume.state.step);
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
    this.#moveAverage();
    return result;
  }

  /** p̄ ← p̄ + (1-δ_t)(p - p̄): in this form the average of a frozen parameter stays what it is, to the bit. */
  #moveAverage(): void {
    const { device, parameters, config } = this.#model;
    const average = this.#average;
    const { ema } = config.training;
    if (!average || ema === undefined) return;
    const decay = averageDecay(ema, this.#state.step);
    scoped(device, () => {
      average.assign(add(average, mul(sub(parameters.flat, average), 1 - decay)));
    });
  }

  /** What a checkpoint keeps of the model and of the optimiser. */
  tensors(): Promise<Pick<Checkpoint, 'model' | 'optimizer'>> {
    return readTensors(this.#model, this.#state, this.#average);
  }

  /** Goes back, or on, to what {@link ModelOptimizer.tensors} gave after `step`. */
  restore(tensors: Pick<Checkpoint, 'model' | 'optimizer'>, step: number): void {
    this.#state = restoreOptimizer(this.#model, this.#state, this.#average, tensors, step);
  }

  /** Runs something with the averages in place of the parameters, where the config asks for averages. */
  async withAverages<T>(run: () => Promise<T>): Promise<T> {
    const { device, parameters } = this.#model;
    if (!this.#average) return run();
    const raw = empty(device, parameters.flat.shape);
    raw.assign(parameters.flat);
    parameters.flat.assign(this.#average);
    try {
      return await run();
    } finally {
      parameters.flat.assign(raw);
      raw.dispose();
    }
  }

  /** Terms of the loss and the gradient of a batch, for a look into them; the step is taken, its numbers are of no use. */
  async examine(
    materials: readonly PreparedMaterial[],
    dropoutKey: Key,
  ): Promise<{ readonly terms: Readonly<Record<string, number>>; readonly gradient: Float32Array }> {
    const whole = this.#microBatches ? null : this.#gradientOf(materials, dropoutKey);
    const { loss, terms, gradientNorm } = this.step(materials, dropoutKey);
    const names = Object.keys(terms);
    const results = [loss, gradientNorm, ...Object.values(terms)];
    const gradient = whole ?? this.#microBatches!.gradient;
    const [values, ...numbers] = await readAll([gradient, ...names.map((name) => terms[name]!)]);
    for (const each of [...results, ...(whole ? [whole] : [])]) each.dispose();
    return {
      terms: Object.fromEntries(names.map((name, index) => [name, numbers[index]![0]!])),
      gradient: values as Float32Array,
    };
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

  /** The gradient of a batch that the encoders see whole, in the layout of the parameters. */
  #gradientOf(materials: readonly PreparedMaterial[], dropoutKey: Key): Tensor {
    const model = this.#model;
    const presence = presenceOf(materials, modalitiesOf(model.config.model));
    const masks = isComplete(presence) ? {} : presence;
    return scoped(model.device, () => {
      const batch = uploadBatch(model.device, modelBatch(model, materials));
      const labels = uploadTargetLabels(model.device, labelsOf(model, materials));
      return valueAndFlatGradient(
        model.parameters,
        (tree) => alignmentLoss(model, tree, batch, masks, dropoutKey, labels).total,
        null,
      ).gradient.flat;
    });
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
