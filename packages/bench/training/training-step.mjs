import { bucketOf, graphArrays, padBatch } from '@bravais/graph-nn';
import { abs, mean, sub, valueAndGrad } from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';
import {
  adamW,
  adamWNumbers,
  decayMask,
  flattenGradient,
  initAdamW,
  oneCycle,
} from '@bravais/tensor-core/optim';
import { predict } from './formation-energy-model.mjs';

export const OPTIMIZER = {
  learningRate: 2e-3,
  warmupFraction: 0.3,
  finalFraction: 0.001,
  betas: [0.9, 0.999],
  epsilon: 1e-8,
  weightDecay: 0.01,
  clipNorm: 1,
};

/**
 * A function that updates the model's parameters on one batch and gives the loss as a tensor, valid until its next call:
 * L = mean_g |y_g - t_g|, AdamW, one cycle of the learning rate over `steps`. It is recorded once for each bucket of
 * batch sizes and then replayed; `captured` says how often.
 */
export function createTrainingStep(model, steps) {
  const { device, parameters } = model;
  const { learningRate: peak, warmupFraction, finalFraction, clipNorm, ...adam } = OPTIMIZER;
  const schedule = oneCycle(peak, steps, warmupFraction, finalFraction);
  const decay = decayMask(parameters);
  const state = initAdamW(parameters);
  const captured = capture(device, ({ graph, target, numbers }) => {
    const { value, grads } = valueAndGrad(parameters.tree, (tree) =>
      mean(abs(sub(predict(model, tree, graph), target))),
    );
    adamW(parameters, flattenGradient(parameters, grads, clipNorm), decay, state, numbers);
    return { loss: value };
  });
  let done = 0;
  const step = ({ graphs, targets }) => {
    const numbers = adamWNumbers(done + 1, { ...adam, learningRate: schedule(done) });
    done++;
    const graph = graphArrays(padBatch(graphs, bucketOf(graphs)));
    return captured({ graph, target: targets, numbers }).loss;
  };
  return { step, captured };
}
