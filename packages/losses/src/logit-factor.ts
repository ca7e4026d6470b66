import { type Device, exp, minimum, reshape, type Tensor, tensor } from '@bravais/tensor-core';
import { type LogitScale, MAX_LOG_SCALE } from './clip';
import { LossError } from './errors';

/**
 * 1/τ as a scalar tensor: fixed, or exp of the learned log(1/τ), which is clamped to at most log 100.
 *
 * @throws {LossError} `OPTION` for a temperature that is not positive and finite, or a logScale of several values
 */
export function logitFactor(loss: string, device: Device, scale: LogitScale): Tensor {
  if ('logScale' in scale) return exp(minimum(oneValue(loss, 'logScale', scale.logScale), MAX_LOG_SCALE));
  const factor = Math.fround(1 / scale.temperature);
  if (!(factor > 0 && factor < Infinity)) {
    throw new LossError(
      'OPTION',
      `${loss}: expected a positive, finite temperature, got ${scale.temperature}. Typical are 0.05 to 0.2.`,
    );
  }
  return tensor(device, [factor], []);
}

/** A learned scalar as a tensor without axes. @throws {LossError} `OPTION` where it holds more than one value */
export function oneValue(loss: string, option: string, value: Tensor): Tensor {
  if (value.size !== 1) {
    throw new LossError(
      'OPTION',
      `${loss}: expected one value for ${option}, got a tensor of [${value.shape.join(', ')}].`,
    );
  }
  return value.rank === 0 ? value : reshape(value, []);
}
