import { InterruptedError } from '../errors/cli-error';

/** The promise's value, or an {@link InterruptedError} as soon as the signal comes; for work that leaves nothing to save. */
export async function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new InterruptedError('stopped by Ctrl-C.'));
    signal.addEventListener('abort', stop);
  });
  if (signal.aborted) stop();
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
