import type { Clock } from './clock';

/** Lets requests to one host pass so many milliseconds apart. */
export class RateLimit {
  readonly #nextMs = new Map<string, number>();

  constructor(
    readonly intervalMs: number,
    readonly clock: Clock,
  ) {}

  /** Resolves when a request to this host may begin. */
  async turn(host: string, signal: AbortSignal): Promise<void> {
    const now = this.clock.nowMs();
    const start = Math.max(now, this.#nextMs.get(host) ?? now);
    this.#nextMs.set(host, start + this.intervalMs);
    if (start > now) await this.clock.sleep(start - now, signal);
  }
}
