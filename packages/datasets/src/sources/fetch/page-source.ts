import type { HttpClient } from '../http/http-client';
import type { SourceItem } from '../source-record';
import type { SetOrigin } from '../store/set-manifest';

/** One page of an answer. */
export interface SourcePage {
  readonly items: readonly SourceItem[];
  /** URL of the next page; null at the end. */
  readonly next: string | null;
  /** Records that the server has for the question; null where it does not say. */
  readonly total: number | null;
}

/** A question to a service that answers page by page. */
export interface PageSource {
  /** Without `name` of the set and day, which the caller gives. */
  readonly origin: Omit<SetOrigin, 'date'>;
  readonly firstUrl: string;
  page(client: HttpClient, url: string): Promise<SourcePage>;
}
