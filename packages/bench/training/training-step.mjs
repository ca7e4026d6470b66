import { abs, add, fuse, mean, minimum, mul, square, sub } from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';
import {
  adamW,
  adamWNumbers,
  decayMask,
  initAdamW,
  oneCycle,
  valueAndFlatGradient,
  warmupCosine,
} from '@bravais/tensor-core/optim';
import { foldIn, key } from '@bravais/tensor-core/random';

export const OPTIMIZER = {
  learningRate: 2e-3,
  warmupFraction: 0.3,
  finalFraction: 0.001,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weightDecay: 0.01,
  clipNorm: 1,
};

/** Learning rate over all steps, by name. */
export const SCHEDULES = { 'one-cycle': oneCycle, cosine: warmupCosine };

/** Where the Huber loss turns from a square into a straight line, in deviations of the target. */
const HUBER_WIDTH = 0.1;

// |r| - w/2 beyond the width w and r² / 2w within it, as clipped² / 2w + |r| - clipped.
const huber = fuse((y, t) => {
  const size = abs(sub(y, t));
  const clipped = minimum(size, HUBER_WIDTH);
  return add(mul(square(clipped), 0.5 / HUBER_WIDTH), sub(size, clipped));
}, 'huber');

/** Mean losses over a batch, by name. */
export const LOSSES = {
  l1: (predicted, target) => mean(abs(sub(predicted, target))),
  huber: (predicted, target) => mean(huber(predicted, target)),
  mse: (predicted, target) => mean(square(sub(predicted, target))),
};

/** Shapes of batches to keep recordings of; crystals of very different sizes make more than the default allows for. */
const MOST_RECORDINGS = 128;

/** Stream of dropout below a seed's key. */
const DROPOUT_STREAM = 2;

// The average moves towards the parameters by 1 - decay of the way.
const moved = fuse((average, parameter, decay) => add(parameter, mul(sub(average, parameter), decay)));

/**
 * A function that updates the model's parameters on one batch and gives the loss as a tensor, valid until its next call:
 * a mean loss, AdamW, a schedule of the learning rate over `steps`. It is recorded once for each bucket of batch sizes and then
 * replayed; `captured` says how often.
 *
 * `state` holds what a continued run needs: the number of steps done and the moments.
 *
 * @param {object} model
 * @param {number} steps of the whole training
 * @param {object} [options]
 * @param {typeof OPTIMIZER} [options.optimizer]
 * @param {keyof typeof SCHEDULES} [options.schedule]
 * @param {keyof typeof LOSSES} [options.loss]
 * @param {{ flat: import('@bravais/tensor-core').Tensor, decay: number } | null} [options.average] exponential moving average of
 * the parameters; it starts as a plain mean, (1 + t) / (10 + t) in place of a larger decay
 * @param {number | null} [options.dropoutSeed] `null` for a model without dropout
 * @param {(done: number) => number} [options.placeOf] where in the schedule the step after `done` stands, of `steps`; at `done` where
 * left out
 */
export function createTrainingStep(
  model,
  steps,
  {
    optimizer = OPTIMIZER,
    schedule = 'one-cycle',
    loss = 'l1',
    average = null,
    dropoutSeed = null,
    placeOf = (done) => done,
  } = {},
) {
  const { device, parameters, predict } = model;
  const { learningRate: peak, warmupFraction, finalFraction, clipNorm, ...adam } = optimizer;
  const rateAt = SCHEDULES[schedule](peak, steps, warmupFraction, finalFraction);
  const lossOf = LOSSES[loss];
  const decay = decayMask(parameters);
  const moments = initAdamW(parameters);
  const captured = capture(
    device,
    ({ batch, target, numbers, averageDecay, dropoutKey }) => {
      const { value, gradient } = valueAndFlatGradient(
        parameters,
        (tree) => lossOf(predict(tree, batch, dropoutKey ?? null), target),
        clipNorm,
      );
      device.layer('optimizer', () => {
        adamW(parameters, gradient, decay, moments, numbers);
        if (average) average.flat.assign(moved(average.flat, parameters.flat, averageDecay));
      });
      return { loss: value };
    },
    { mostRecordings: MOST_RECORDINGS },
  );
  const state = { done: 0, moments };
  const step = ({ batch, targets }) => {
    const learningRate = rateAt(placeOf(state.done));
    const numbers = adamWNumbers(state.done + 1, { ...adam, learningRate });
    const inputs = { batch, target: targets, numbers };
    if (average) {
      inputs.averageDecay = Float32Array.of(Math.min(average.decay, (1 + state.done) / (10 + state.done)));
    }
    if (dropoutSeed !== null)
      inputs.dropoutKey = foldIn(foldIn(key(dropoutSeed), DROPOUT_STREAM), state.done);
    state.done++;
    return captured(inputs).loss;
  };
  return { step, captured, state };
}
