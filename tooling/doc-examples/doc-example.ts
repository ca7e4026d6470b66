/** A piece of TypeScript that the documentation shows. */
export interface DocExample {
  /** The file it stands in, from the root of the repository. */
  readonly file: string;
  /** Line of its first line in that file, from 1. */
  readonly line: number;
  readonly code: string;
  /** Whether it can run here; `no-run` behind the language says that it needs files or a network. */
  readonly runs: boolean;
}
