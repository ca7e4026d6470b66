import type { ExitCode } from '../errors/describe-failure';
import type { Output } from '../output/output';
import type { Services } from '../services/services';

/** What a command may use. */
export interface Session {
  readonly services: Services;
  readonly output: Output;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Clock that never goes back, in ms. */
  readonly nowMs: () => number;
}

/** What `--json` prints of one thing. */
export type OutcomeDocument = Readonly<Record<string, unknown>> & { readonly ok: boolean };

/** How a command ended; what it says is printed by the caller, as text or, with `--json`, as one document. */
export interface CommandOutcome {
  readonly exitCode: ExitCode;
  /** Printed as it is; nothing where empty. */
  readonly text: string;
  /** Plain JSON; `ok` is true exactly where the exit code is 0, in a list where it is true in each item. */
  readonly document: OutcomeDocument | readonly OutcomeDocument[];
}
