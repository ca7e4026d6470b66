import {
  initMaskedTokenHead,
  type MaskedText,
  type MaskedTokenHead,
  maskedTokenLoss,
  type TextTransformer,
} from '@bravais/encoders';
import type { Tensor } from '@bravais/tensor-core';
import { type CapturedStep, type CaptureFallback, capture } from '@bravais/tensor-core/capture';
import { type HostParameter, loadParameters, type Parameters, packParameters } from '@bravais/tensor-core/nn';
import {
  type AdamWState,
  adamW,
  adamWNumbers,
  decayMask,
  initAdamW,
  type Schedule,
  valueAndFlatGradient,
} from '@bravais/tensor-core/optim';
import { type Key, key, type RandomKey } from '@bravais/tensor-core/random';
import type { Checkpoint, NamedTensors } from '../checkpoint';
import type { AlignmentModel } from '../model';
import { textTransformerKind } from '../model/view-encoders/text-transformer';
import { readTensors, restoreOptimizer } from '../training/model-tensors';
import type { StepResult } from '../training/step-result';
import type { HostMaskedText } from './masked-token-batches';
import { HEAD_BIAS, TEXT_VIEW, textEncoderOf } from './text-encoder';

/** Names are those of the model, so that weights go over as they are; the encoder's own head takes no part. */
interface MaskedTokenTree<P> {
  readonly description: Omit<TextTransformer<P>, 'head'>;
  readonly maskedTokens: MaskedTokenHead<P>;
}

interface StepInputs {
  readonly text: MaskedText;
  readonly dropoutKey: RandomKey;
  /** {@link adamWNumbers} of the step. */
  readonly numbers: Tensor;
}

/** AdamW on the text encoder of a model and the bias of the masked tokens, one step at a time. */
export class MaskedTokenTrainer {
  readonly #model: AlignmentModel;
  readonly #schedule: Schedule;
  readonly #parameters: Parameters<MaskedTokenTree<HostParameter>>;
  readonly #decay: Tensor;
  readonly #captured: CapturedStep<StepInputs, StepResult>;
  #state: AdamWState;

  /**
   * @param weights of the model, by name
   * @param resume checkpoint of {@link MaskedTokenTrainer.tensors}; `null` starts from the weights
   */
  constructor(
    model: AlignmentModel,
    weights: ReadonlyMap<string, Float32Array>,
    schedule: Schedule,
    resume: Checkpoint | null,
    onFallback: (reason: CaptureFallback) => void,
  ) {
    const { config, source, tokenizer } = textEncoderOf(model);
    const { embeddingDim } = model.config.model;
    const { head: _, ...encoder } = textTransformerKind.init(
      key(0),
      config,
      source,
      embeddingDim,
    ) as TextTransformer<HostParameter>;
    const bias = initMaskedTokenHead(tokenizer.vocabularySize);
    this.#model = model;
    this.#schedule = schedule;
    this.#parameters = packParameters(model.device, { [TEXT_VIEW]: encoder, maskedTokens: bias });
    const own = this.#parameters.entries.filter(({ name }) => name !== HEAD_BIAS);
    loadParameters(
      this.#parameters,
      new Map([[HEAD_BIAS, bias.bias.values], ...own.map(({ name }) => [name, weights.get(name)!] as const)]),
    );
    this.#decay = decayMask(this.#parameters);
    this.#state = initAdamW(this.#parameters);
    if (resume) {
      this.#state = restoreOptimizer(
        { parameters: this.#parameters },
        this.#state,
        null,
        resume,
        resume.state.step,
      );
    }
    this.#captured = capture(model.device, (inputs: StepInputs) => this.#update(inputs), { onFallback });
  }

  /** Steps done. */
  get stepsDone(): number {
    return this.#state.step;
  }

  /** Learning rate of the step that comes next. */
  get learningRate(): number {
    return this.#schedule(this.#state.step);
  }

  /** Updates the parameters on one batch. */
  step(text: HostMaskedText, dropoutKey: Key): StepResult {
    const { betas, epsilon, weightDecay } = this.#model.config.optim;
    const step = this.#state.step + 1;
    const numbers = adamWNumbers(step, { learningRate: this.learningRate, betas, epsilon, weightDecay });
    const result = this.#captured({ text, dropoutKey, numbers });
    this.#state = { ...this.#state, step };
    return result;
  }

  /** Weights with the tokenizer, and moments, as a checkpoint keeps them. */
  tensors(): Promise<{ model: NamedTensors; optimizer: NamedTensors }> {
    const fitted = this.#model.preprocessing.views?.[TEXT_VIEW] ?? {};
    const preprocessing = { views: { [TEXT_VIEW]: fitted } };
    return readTensors({ parameters: this.#parameters, preprocessing }, this.#state);
  }

  /** Lets go of the recordings. */
  dispose(): void {
    this.#captured.dispose();
  }

  #update({ text, dropoutKey, numbers }: StepInputs): StepResult {
    const { config } = textEncoderOf(this.#model);
    const { value, gradient } = valueAndFlatGradient(
      this.#parameters,
      ({ description, maskedTokens }) =>
        maskedTokenLoss(
          { encoder: description, head: maskedTokens },
          text,
          config,
          config.dropout,
          dropoutKey,
        ),
      this.#model.config.optim.clipNorm,
    );
    this.#model.device.layer('optimizer', () => {
      adamW(this.#parameters, gradient, this.#decay, this.#state, numbers);
    });
    return { loss: value, gradientNorm: gradient.norm, terms: {} };
  }
}
