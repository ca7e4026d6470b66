import type { Tree } from '../autograd';
import type { Device } from '../device';
import { type CaptureOptions, type CaptureStats, StepCapture } from './captured-step';
import type { HostInputs } from './inputs';

/** A function on tensors that is recorded once for each kind of input and issued again after that. */
export interface CapturedStep<Inputs, Results> extends Disposable {
  /**
   * Runs the step. The results are valid until its next call, which disposes of them; to keep values, read or
   * copy them. Inside a scope they end with the scope, as other tensors do.
   */
  (inputs: HostInputs<Inputs>): Results;
  readonly stats: CaptureStats;
  /** Lets go of all recordings, their memory and the tensors they refer to. */
  dispose(): void;
}

/**
 * `work`, recorded: from the third call with inputs of one kind on, its launches are issued again with the new
 * inputs, without running it, and give the bits that running it would give.
 *
 * The first two calls of a kind (nesting, types, extents and plain values of the inputs) run `work` and write its
 * commands down; where both agree, the recording is kept. Calls fill buffers of the recording's own with the
 * inputs. Tensors that `work` uses from outside, such as parameters, are referred to by identity, read and
 * updated in place, and kept alive until {@link CapturedStep.dispose}.
 *
 * A replay does not run `work`, so what changes from call to call must be an input: numbers in tensors
 * (`adamWNumbers`), random keys as keys (`RandomKey`). Host values uploaded inside are constants. Where the two
 * runs differ, or `work` reads, waits or writes host values, every call runs eagerly from then on, and
 * `stats.fallback` and `onFallback` say why. A number that happens to be equal in the first two calls of a kind
 * and differs later stays what it was: nothing can tell.
 *
 * @param work takes tensors, keys and plain values in nested arrays and plain objects; returns tensors in such a
 * nesting, or nothing. What it does besides on the host happens only when it runs.
 * @throws {TensorError} the step: `ARGUMENT` and `SHAPE` for inputs of another type, `DISPOSED`
 *
 * @example
 * ```ts
 * const train = capture(device, ({ x, y, key, numbers }: {
 *   x: Tensor; y: Tensor; key: RandomKey; numbers: Tensor;
 * }) => {
 *   const { value, grads } = valueAndGrad(parameters.tree, (tree) =>
 *     mean(square(sub(mlp(tree, x, 0.1, key), y))),
 *   );
 *   adamW(parameters, flattenGradient(parameters, grads, 1), mask, state, numbers);
 *   return { loss: value };
 * });
 * for (let step = 0; step < steps; step++) {
 *   const { loss } = train({
 *     x: { shape: [64, 8], values: xs[step]! },
 *     y: { shape: [64, 1], values: ys[step]! },
 *     key: foldIn(runKey, step),
 *     numbers: adamWNumbers(step + 1, { learningRate: schedule(step) }),
 *   });
 *   console.log(await loss.item());
 * }
 * ```
 */
export function capture<Inputs, Results extends Tree>(
  device: Device,
  work: (inputs: Inputs) => Results,
  options?: CaptureOptions,
): CapturedStep<Inputs, Results>;
export function capture<Inputs>(
  device: Device,
  work: (inputs: Inputs) => void,
  options?: CaptureOptions,
): CapturedStep<Inputs, undefined>;
export function capture<Inputs>(
  device: Device,
  work: (inputs: Inputs) => unknown,
  options: CaptureOptions = {},
): CapturedStep<Inputs, Tree | undefined> {
  const steps = new StepCapture(device, work as (inputs: Inputs) => Tree | undefined, options);
  const call = (inputs: HostInputs<Inputs>): Tree | undefined => steps.call(inputs);
  const dispose = (): void => steps.dispose();
  return Object.defineProperties(call, {
    stats: { get: () => steps.stats },
    dispose: { value: dispose },
    [Symbol.dispose]: { value: dispose },
  }) as CapturedStep<Inputs, Tree | undefined>;
}
