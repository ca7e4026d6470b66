import { TensorError } from '../errors';
import type { CommandQueue } from '../runtime/command-queue';

/** Runs `work` with launches labelled by the path of `layer`, and goes back to the path before. */
export function withinLayer<T>(queue: CommandQueue, layer: string, work: () => T): T {
  const outer = queue.layer;
  queue.layer = layer;
  try {
    const result = work();
    if (result instanceof Promise) {
      throw new TensorError(
        'ARGUMENT',
        'layer: expected a synchronous function, got a promise. Ops return at once; await their values outside.',
      );
    }
    return result;
  } finally {
    queue.layer = outer;
  }
}
