import { DataError } from '../data-error';
import { readNpy } from './npy';

/** Rows of an array of one row an item; `shape` is that of a row. */
export interface ArrayRows<T> {
  readonly shape: readonly number[];
  readonly row: (index: number) => T;
}

/** Rows of a `.npy` file of floats, copied. @throws DataError `DATA_INVALID` where there are not this many */
export function readFloatRows(path: string, rows: number): Promise<ArrayRows<Float32Array>> {
  return readArrayRows(path, rows, 'floats', (data) => data instanceof Float32Array);
}

/** Rows of a `.npy` file of bytes, copied. @throws DataError `DATA_INVALID` where there are not this many */
export function readByteRows(path: string, rows: number): Promise<ArrayRows<Uint8Array>> {
  return readArrayRows(path, rows, 'bytes', (data) => data instanceof Uint8Array);
}

async function readArrayRows<T extends Float32Array | Uint8Array>(
  path: string,
  rows: number,
  kind: string,
  isWanted: (data: object) => data is T,
): Promise<ArrayRows<T>> {
  const { dtype, shape, data } = await readNpy(path);
  const [count, ...rest] = shape;
  if (count !== rows || !isWanted(data)) {
    throw new DataError(
      'DATA_INVALID',
      path,
      `${kind} [${rows}, …] expected, got ${dtype} [${shape.join(', ')}]. Use files of one release.`,
    );
  }
  const size = rest.reduce((product, extent) => product * extent, 1);
  return { shape: rest, row: (index) => data.slice(index * size, (index + 1) * size) as T };
}
