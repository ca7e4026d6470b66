import type { Device } from '../device';
import { TensorError } from '../errors';
import { showShape } from '../shape';
import { scoped, Tensor } from '../tensor';
import { upload } from '../tensor/create';

/**
 * Runs `launch` with the numbers of an optimiser's step in a tensor: the one given, or one made of them for the
 * occasion. Both reach the same kernel, so both give the same bits.
 *
 * @throws {TensorError} `SHAPE` for a tensor of other numbers
 */
export function withNumbers<Options extends object>(
  op: 'adamW' | 'sgd',
  device: Device,
  options: Options | Tensor,
  pack: (options: Options) => Float32Array,
  count: number,
  launch: (numbers: Tensor) => void,
): void {
  if (!(options instanceof Tensor)) {
    scoped(device, () => launch(upload(device, pack(options), [count], `${op} numbers`)));
    return;
  }
  if (options.dtype !== 'f32' || options.size !== count) {
    throw new TensorError(
      'SHAPE',
      `${op}: expected its numbers as f32 [${count}], got ${options.dtype} ${showShape(options.shape)}. Make them with ${op}Numbers.`,
    );
  }
  launch(options);
}
