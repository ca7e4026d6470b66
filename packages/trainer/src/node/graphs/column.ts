import type { StoredTensor } from '@bravais/datasets';
import { GraphPreparationError } from './graph-preparation-error';

type Values = Int32Array | Float32Array | Float64Array;

/** A stored column that is read from front to back, each row once. */
export class Column<T extends Values> {
  #at = 0;
  constructor(
    readonly name: string,
    readonly values: T,
    readonly file: string,
  ) {}

  /** The next rows, as an array of their own. */
  take(count: number): T {
    const end = this.#at + count;
    if (!(count >= 0 && end <= this.values.length)) {
      throw damaged(this.file, `${this.name} to have ${end} rows or more`, `${this.values.length}`);
    }
    const rows = this.values.slice(this.#at, end) as T;
    this.#at = end;
    return rows;
  }

  /** @throws {GraphPreparationError} `DAMAGED` where rows are left */
  end(): void {
    if (this.#at === this.values.length) return;
    throw damaged(this.file, `${this.name} to have ${this.#at} rows`, `${this.values.length}`);
  }
}

/** Columns of a file by name, each of which must be there in its number format. */
export class Columns {
  readonly #opened: Column<Values>[] = [];
  constructor(
    readonly tensors: ReadonlyMap<string, StoredTensor>,
    readonly file: string,
  ) {}

  integers(name: string): Column<Int32Array> {
    const tensor = this.tensors.get(name);
    if (tensor?.dtype === 'I32') return this.#open(name, tensor.data);
    throw this.#missing(name, 'I32', tensor);
  }

  floats(name: string): Column<Float32Array> {
    const tensor = this.tensors.get(name);
    if (tensor?.dtype === 'F32') return this.#open(name, tensor.data);
    throw this.#missing(name, 'F32', tensor);
  }

  /** float64 stored as the int64 of the same bits. */
  doubles(name: string): Column<Float64Array> {
    const tensor = this.tensors.get(name);
    if (tensor?.dtype !== 'I64') throw this.#missing(name, 'I64', tensor);
    const { buffer, byteOffset, length } = tensor.data;
    return this.#open(name, new Float64Array(buffer, byteOffset, length));
  }

  /** @throws {GraphPreparationError} `DAMAGED` where a column has rows left */
  end(): void {
    for (const column of this.#opened) column.end();
  }

  #open<T extends Values>(name: string, values: T): Column<T> {
    const column = new Column(name, values, this.file);
    this.#opened.push(column as unknown as Column<Values>);
    return column;
  }

  #missing(name: string, dtype: string, tensor: StoredTensor | undefined): GraphPreparationError {
    return damaged(this.file, `${name} as ${dtype}`, tensor?.dtype ?? 'none');
  }
}

/** The error for stored graphs that cannot be those of the crystals. */
export function damaged(file: string, expected: string, got: string): GraphPreparationError {
  return new GraphPreparationError(
    'DAMAGED',
    `${file}: ${expected} expected, got ${got}. Make the graphs again.`,
  );
}
