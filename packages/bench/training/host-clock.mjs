import { existsSync, readFileSync } from 'node:fs';

const SCHEDULE = `/proc/self/task/${process.pid}/schedstat`;
const counted = existsSync(SCHEDULE);
const neverNotified = new Int32Array(new SharedArrayBuffer(4));

/**
 * Seconds of CPU time that the main thread has used; outside Linux, which counts it, seconds of wall time.
 *
 * Wall time would say little about the host's work: on a software driver the threads of the device take the cores away from
 * the main thread while it works.
 */
export function hostSeconds() {
  if (!counted) return performance.now() / 1000;
  // Linux settles the count when the thread is switched out, else only every few milliseconds.
  Atomics.wait(neverNotified, 0, 0, 0.01);
  const [nanoseconds] = readFileSync(SCHEDULE, 'utf8').split(' ', 1);
  return Number(nanoseconds) / 1e9;
}

/** Seconds of CPU time that all threads of the process have used. */
export function processSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
