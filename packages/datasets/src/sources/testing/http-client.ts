import { HttpClient, type HttpClientOptions } from '../http/http-client';
import { fakeClock } from './fake-clock';

/** A client with the clock that it waits by. */
export function client(options: HttpClientOptions = {}): {
  clock: ReturnType<typeof fakeClock>;
  http: HttpClient;
} {
  const clock = fakeClock();
  return { clock, http: new HttpClient({ online: true, intervalMs: 0, clock, ...options }) };
}
