import { setTimeout as delay } from 'node:timers/promises';

/** Time as the HTTP layer sees it; tests hand in their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  nowMs(): number;
  /** Waits; rejects when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
};
