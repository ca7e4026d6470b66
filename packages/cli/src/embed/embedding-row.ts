import type { Failure } from '../errors/describe-failure';

/** Which structure a row is of. */
export interface RowId {
  /** Path of the file as given; `<stdin>` for the standard input. */
  readonly id: string;
  /** Which of the structures, where the file holds several: as the file calls it, made distinct. */
  readonly name?: string;
  /** Reduced formula, where it was asked for. */
  readonly formula?: string;
}

/** The embedding of one structure. */
export interface EmbeddedRow extends RowId {
  /** D numbers. */
  readonly embedding: readonly number[];
}

/** Why there is no embedding of a file or of one of its structures. */
export interface FailedRow extends RowId {
  readonly error: Pick<Failure, 'code' | 'message'>;
}

/** A line of what `bravais embed` writes. */
export type EmbeddingRow = EmbeddedRow | FailedRow;

/** Digits that tell any two float32 apart; more would say nothing. */
const FLOAT32_DIGITS = 9;

/** A row with the float32 values in the fewest digits that read back as the same; failed where one is not finite. */
export function embeddedRow(id: RowId, values: Float32Array): EmbeddingRow {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) {
    return { ...id, embedding: Array.from(values, (value) => Number(value.toPrecision(FLOAT32_DIGITS))) };
  }
  const message = `embed: finite numbers expected, got ${values[bad]} at place ${bad} of the embedding. Check the weights of the model.`;
  return { ...id, error: { code: 'NOT_FINITE', message } };
}

/** Names of the structures of one file, each once: what the file calls it, else `structure 3`; ` (3)` sets equal names apart. */
export function distinctNames(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((given, k) => {
    const name = given.trim() || `structure ${k + 1}`;
    let distinct = name;
    for (let n = k + 1; seen.has(distinct); n++) distinct = `${name} (${n})`;
    seen.add(distinct);
    return distinct;
  });
}
