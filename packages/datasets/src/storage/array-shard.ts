import { DataError } from '../data-error';
import { decodeSafetensors } from '../safetensors/decode-safetensors';
import { encodeSafetensors } from '../safetensors/encode-safetensors';
import type { StoredTensor } from '../safetensors/stored-tensor';
import type { ViewForm } from './view-form';

/** One view of each of the rows of a shard that have it. */
export interface ViewColumn {
  readonly form: ViewForm;
  /** Rows that have the view, rising. */
  readonly rows: number[];
  readonly values: unknown[];
}

type ArrayForm = Exclude<ViewForm, { kind: 'text' }>;

/**
 * Views that are numbers → bytes of a safetensors file; null where there is none.
 *
 * A view `v` of length L is `v` [n, L] with its rows in `v.rows` [n]; parts of a view are `v.part` [n, L], whole numbers [n].
 */
export function encodeArrays(columns: ReadonlyMap<string, ViewColumn>): Uint8Array<ArrayBuffer> | null {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { form, rows, values }] of columns) {
    if (form.kind === 'text') continue;
    tensors.set(`${name}.rows`, { dtype: 'I32', shape: [rows.length], data: Int32Array.from(rows) });
    for (const [tensor, part, size] of tensorsOf(name, form)) {
      const of =
        part === undefined ? values : values.map((value) => (value as Record<string, unknown>)[part]);
      tensors.set(
        tensor,
        size === 'integer' ? integers(of as number[]) : stacked(of as Float32Array[], size),
      );
    }
  }
  return tensors.size === 0 ? null : encodeSafetensors(tensors);
}

/**
 * The reverse of {@link encodeArrays}, checked against the forms that the data set declares; every value is an array of its own.
 *
 * @throws DataError
 */
export function decodeArrays(
  bytes: Uint8Array,
  forms: Readonly<Record<string, ViewForm>>,
  rowCount: number,
  file: string,
): Map<string, ViewColumn> {
  const { tensors } = decodeSafetensors(bytes, file);
  const columns = new Map<string, ViewColumn>();
  for (const [name, form] of Object.entries(forms)) {
    const rows = tensors.get(`${name}.rows`);
    if (form.kind === 'text' || rows === undefined) continue;
    const list = [...rows.data].map(Number);
    if (!list.every((row, k) => row < rowCount && row > (k === 0 ? -1 : list[k - 1]!))) {
      throw mismatch(file, `${name}.rows rising below ${rowCount}`, list.slice(0, 4).join(', '));
    }
    const parts = tensorsOf(name, form).map(([tensor, part, size]) => {
      const found = tensors.get(tensor);
      const [dtype, shape] = size === 'integer' ? ['I32', [list.length]] : ['F32', [list.length, size]];
      if (found?.dtype !== dtype || found.shape.join() !== shape.join()) {
        throw mismatch(
          file,
          `${tensor} as ${dtype} [${shape.join(', ')}]`,
          found ? `${found.dtype} [${found.shape.join(', ')}]` : 'none',
        );
      }
      const valueAt = (k: number): number | Float32Array =>
        size === 'integer'
          ? Number(found.data[k])
          : (found.data as Float32Array).slice(k * size, (k + 1) * size);
      return [part, valueAt] as const;
    });
    const values = list.map((_row, k) => {
      const [first] = parts;
      return first !== undefined && first[0] === undefined
        ? first[1](k)
        : Object.fromEntries(parts.map(([part, valueAt]) => [part, valueAt(k)]));
    });
    columns.set(name, { form, rows: list, values });
  }
  return columns;
}

/** Tensor, part and row length of each array of a view. */
function tensorsOf(
  name: string,
  form: ArrayForm,
): (readonly [tensor: string, part: string | undefined, size: 'integer' | number])[] {
  return form.kind === 'array'
    ? [[name, undefined, form.length]]
    : Object.entries(form.parts).map(([part, size]) => [`${name}.${part}`, part, size]);
}

function integers(values: readonly number[]): StoredTensor {
  return { dtype: 'I32', shape: [values.length], data: Int32Array.from(values) };
}

function stacked(rows: readonly Float32Array[], length: number): StoredTensor {
  const data = new Float32Array(rows.length * length);
  rows.forEach((row, k) => {
    data.set(row, k * length);
  });
  return { dtype: 'F32', shape: [rows.length, length], data };
}

function mismatch(file: string, expected: string, got: string): DataError {
  return new DataError(
    'DATA_INVALID',
    file,
    `${expected} expected, got ${got}. The file does not belong to this data set; copy the folder again.`,
  );
}
