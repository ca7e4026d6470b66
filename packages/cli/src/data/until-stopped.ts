import { InterruptedError } from '../errors/cli-error';

/** The work's value; whatever it throws after Ctrl-C is an {@link InterruptedError} that says how to go on. */
export async function untilStopped<T>(signal: AbortSignal, goOn: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) throw new InterruptedError(`stopped by Ctrl-C. ${goOn}`, { cause: error });
    throw error;
  }
}
