import { type Device, matmul, mean, square, sub, type Tensor } from '@bravais/tensor-core';
import { capture } from '@bravais/tensor-core/capture';
import { type HostParameter, packParameters } from '@bravais/tensor-core/nn';
import { adamW, adamWNumbers, decayMask, initAdamW, valueAndFlatGradient } from '@bravais/tensor-core/optim';
import type { HostTensor } from '../workloads/host-tensor';
import { CONSTANTS } from '../workloads/inputs';
import type { NetworkInputs } from '../workloads/sized-inputs';
import type { WorkloadRun } from '../workloads/time-workloads';
import { firstValue, mustRecord, upload } from './on-device';

/** One Adam step on the mean squared error of a network with one hidden layer; the loss before the step. */
export function mlpStep(device: Device, host: NetworkInputs): WorkloadRun {
  const { x: rows, y: targets, w1, b1, w2, b2 } = host;
  const [x, y] = [upload(device, rows), upload(device, targets)];
  const parameter = ({ shape, values }: HostTensor): HostParameter => ({ shape, values });
  const parameters = packParameters(device, {
    w1: parameter(w1),
    b1: parameter(b1),
    w2: parameter(w2),
    b2: parameter(b2),
  });
  const mask = decayMask(parameters);
  const state = initAdamW(parameters);
  const update = ({ numbers }: { numbers: Tensor }): { loss: Tensor } => {
    const loss = ({ w1, b1, w2, b2 }: typeof parameters.tree): Tensor => {
      const hidden = matmul(x, w1, { bias: b1, activation: 'relu' });
      return mean(square(sub(matmul(hidden, w2, { bias: b2 }), y)));
    };
    const { value, gradient } = valueAndFlatGradient(parameters, loss, null);
    adamW(parameters, gradient, mask, state, numbers);
    return { loss: value };
  };
  const step = capture(device, update, mustRecord);
  const options = { learningRate: CONSTANTS.learningRate, weightDecay: 0 };
  let count = 0;
  return () => {
    count++;
    return firstValue(step({ numbers: adamWNumbers(count, options) }).loss);
  };
}
