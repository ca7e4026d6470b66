import { HttpClient, type HttpClientOptions } from '../http/http-client';
import { fakeClock } from './fake-clock';

/** A client that asks twice at the most and waits for no real time. */
export const quickClient = (options: HttpClientOptions = {}): HttpClient =>
  new HttpClient({ online: true, intervalMs: 0, attempts: 2, clock: fakeClock(), ...options });
