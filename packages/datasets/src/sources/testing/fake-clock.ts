import type { Clock } from '../http/clock';

/** A clock that waits in no time and remembers for how long. */
export function fakeClock(): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  let now = Date.UTC(2026, 0, 1);
  return {
    waits,
    nowMs: () => now,
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
      now += ms;
    },
  };
}
