import { type Embeddings, lossGradient, partGradient } from '@bravais/losses';
import { add, empty, mapTree, scoped, type Tensor, zeros } from '@bravais/tensor-core';
import { type CapturedStep, type CaptureFallback, capture } from '@bravais/tensor-core/capture';
import { parameterViews } from '@bravais/tensor-core/nn';
import { type FlatGradient, flattenGradient } from '@bravais/tensor-core/optim';
import { foldIn, type Key, type RandomKey } from '@bravais/tensor-core/random';
import {
  type AlignmentModel,
  type AlignmentTree,
  type BatchPresence,
  embed,
  embeddingLoss,
  isComplete,
  type ModelBatch,
  modalitiesOf,
  modelBatch,
  type PreparedMaterial,
  presenceOf,
} from '../model';
import { type TargetLabels, uploadTargetLabels } from '../targets/target-labels';
import type { StepResult } from './step-result';
import { labelsOf } from './supervision';

interface PartInputs {
  readonly batch: ModelBatch;
  readonly dropoutKey: RandomKey;
  /** dL/dz of the part's rows; `null` in the first pass, which asks for z. */
  readonly upstream: Embeddings | null;
}

interface LossInputs {
  readonly parts: readonly Embeddings[];
  readonly labels: TargetLabels;
  readonly dropoutKey: RandomKey;
}

interface LossResults {
  readonly loss: Tensor;
  readonly terms: StepResult['terms'];
  readonly upstream: readonly Embeddings[];
}

/** Each bucket of parts has two recordings, one for each pass. */
const MOST_RECORDINGS = 64;

/**
 * Steps in which the encoders see a batch part by part and the loss all of it: `cachedValueAndGrad` of the losses, its passes
 * recorded each by itself, since the parts of a batch fall into buckets of their own.
 */
export class MicroBatches {
  readonly #model: AlignmentModel;
  readonly #rows: number;
  /** Sum of the parts' gradients so far, in the layout of the parameters. */
  readonly #gradient: Tensor;
  readonly #part: CapturedStep<PartInputs, Embeddings>;
  readonly #loss: CapturedStep<LossInputs, LossResults>;
  readonly #update: CapturedStep<{ readonly numbers: Tensor }, { readonly gradientNorm: Tensor }>;

  /**
   * @param rows materials of a part
   * @param update the optimiser's update by a gradient and its `adamWNumbers`
   */
  constructor(
    model: AlignmentModel,
    rows: number,
    update: (gradient: FlatGradient, numbers: Tensor) => void,
    onFallback: (reason: CaptureFallback) => void,
  ) {
    const { device, parameters, config } = model;
    this.#model = model;
    this.#rows = rows;
    this.#gradient = zeros(device, parameters.flat.shape);
    const options = { onFallback, mostRecordings: MOST_RECORDINGS };
    this.#part = capture(device, (inputs: PartInputs) => this.#runPart(inputs), options);
    this.#loss = capture(device, (inputs: LossInputs) => this.#runLoss(inputs, {}), options);
    this.#update = capture(
      device,
      ({ numbers }: { readonly numbers: Tensor }) => {
        const grads = parameterViews(parameters, this.#gradient);
        const gradient = flattenGradient(parameters, grads, config.optim.clipNorm);
        update(gradient, numbers);
        return { gradientNorm: gradient.norm };
      },
      options,
    );
  }

  /** Updates the parameters on one batch; the dropout of part p is keyed by p. */
  step(materials: readonly PreparedMaterial[], dropoutKey: Key, numbers: Float32Array): StepResult {
    const { device } = this.#model;
    const parts = Array.from({ length: Math.ceil(materials.length / this.#rows) }, (_, index) => ({
      batch: modelBatch(this.#model, materials.slice(index * this.#rows, (index + 1) * this.#rows)),
      dropoutKey: foldIn(dropoutKey, index),
    }));
    const presence = presenceOf(materials, modalitiesOf(this.#model.config.model));
    return scoped(device, () => {
      const embeddings = parts.map((part) => mapTree(this.#part({ ...part, upstream: null }), copyOf));
      const labels = labelsOf(this.#model, materials);
      const inputs = { parts: embeddings, dropoutKey };
      const { loss, terms, upstream } =
        !this.#model.config.loss || isComplete(presence)
          ? this.#loss({ ...inputs, labels })
          : this.#runLoss({ ...inputs, labels: uploadTargetLabels(device, labels) }, presence);
      parts.forEach((part, index) => {
        this.#part({ ...part, upstream: upstream[index]! });
      });
      return { loss, terms, gradientNorm: this.#update({ numbers }).gradientNorm };
    });
  }

  /** Gradient of the latest step before clipping, in the layout of the parameters. */
  get gradient(): Tensor {
    return this.#gradient;
  }

  /** Lets go of the recordings and the gradient. */
  dispose(): void {
    for (const captured of [this.#part, this.#loss, this.#update]) captured.dispose();
    this.#gradient.dispose();
  }

  /** A part's embeddings in the first pass; in the second its gradient, added to the sum. */
  #runPart({ batch, dropoutKey, upstream }: PartInputs): Embeddings {
    const { device, parameters } = this.#model;
    const encode = (tree: AlignmentTree): Embeddings => embed(this.#model, tree, batch, dropoutKey);
    if (!upstream) return encode(parameters.tree);
    const own = zeros(device, parameters.flat.shape);
    partGradient(parameters.tree, encode, upstream, parameterViews(parameters, own));
    this.#gradient.assign(add(this.#gradient, own));
    return {};
  }

  /** The loss and dL/dz; the sum starts as the gradient of what the loss itself learns. */
  #runLoss({ parts, labels, dropoutKey }: LossInputs, presence: BatchPresence): LossResults {
    const { parameters } = this.#model;
    const { value, upstream, aux } = lossGradient(
      parts,
      parameters.tree,
      (embeddings, tree) => {
        const { total, terms } = embeddingLoss(this.#model, tree, embeddings, presence, dropoutKey, labels);
        return { loss: total, aux: terms };
      },
      parameterViews(parameters, this.#gradient),
    );
    return { loss: value, upstream, terms: aux ?? {} };
  }
}

/** Results of a recorded step last until its next call. */
function copyOf(result: Tensor): Tensor {
  const copy = empty(result.device, result.shape);
  copy.assign(result);
  return copy;
}
