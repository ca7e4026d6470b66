import { describeFailure, type Failure } from '../errors/describe-failure';

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

/** A row that says what is wrong. */
export function failedRow(id: RowId, error: unknown): FailedRow {
  const { code, message } = describeFailure(error);
  return { ...id, error: { code, message } };
}
