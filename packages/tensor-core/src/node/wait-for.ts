/** A wait shorter than this is polled without sleep: an empty submit takes 0.03 to 0.1 ms. */
const spinMilliseconds = 0.1;
/** Waking takes a core's time: slices of a long wait grow to a fortieth of it. */
const usualSliceMilliseconds = 0.3;
const longestSliceMilliseconds = 1;
const neverNotified = new Int32Array(new SharedArrayBuffer(4));
let waiting = 0;

/**
 * Resolves or rejects as `promise` does, while the thread sleeps in slices of 0.3 to 1 ms instead of spinning.
 *
 * Dawn's Node binding polls with `setImmediate` as long as GPU work is pending and so keeps one core busy;
 * on a software driver that core is taken from the driver's own threads (up to a factor 2 on 2 cores).
 * Use it for software adapters only, the event loop is blocked during each slice.
 * Concurrent waits share one slice. `promise` must be one that the GPU settles: the loop runs until it is.
 *
 * @example
 * ```ts
 * await waitFor(device.gpu.queue.onSubmittedWorkDone());
 * ```
 */
export async function waitFor<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const settle = (): void => {
    settled = true;
  };
  promise.then(settle, settle);
  const start = performance.now();
  waiting++;
  try {
    await nextTurn();
    while (!settled) {
      const elapsed = performance.now() - start;
      if (elapsed > spinMilliseconds) {
        const long = Math.min(elapsed / 40, longestSliceMilliseconds);
        const slice = Math.min(elapsed / 4, Math.max(usualSliceMilliseconds, long));
        Atomics.wait(neverNotified, 0, 0, slice / waiting);
      }
      await nextTurn();
    }
  } finally {
    waiting--;
  }
  return promise;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
