import { DataError } from '../data-error';
import { float16Value } from '../safetensors/half-precision';
import { readFileBytes } from './read-file-bytes';

/** Element types this reader knows, by NumPy's name; all little-endian. */
export type NpyDtype = 'uint8' | 'uint16' | 'int32' | 'float16' | 'float32';

/** A NumPy array in C order. */
export interface NpyArray {
  readonly dtype: NpyDtype;
  readonly shape: readonly number[];
  /** float16 is widened to Float32Array. */
  readonly data: Uint8Array | Uint16Array | Int32Array | Float32Array;
}

/** Bounds on an untrusted file. */
export interface NpyLimits {
  /** Bytes after unpacking; 1 GiB by default. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 2 ** 30;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const DTYPES: Readonly<Record<string, { readonly dtype: NpyDtype; readonly bytes: number }>> = {
  '|u1': { dtype: 'uint8', bytes: 1 },
  '<u2': { dtype: 'uint16', bytes: 2 },
  '<i4': { dtype: 'int32', bytes: 4 },
  '<f2': { dtype: 'float16', bytes: 2 },
  '<f4': { dtype: 'float32', bytes: 4 },
};

/**
 * The array in a `.npy` or `.npy.gz` file (NumPy format 1.0 to 3.0).
 *
 * @throws DataError `DATA_INVALID` (not such a file), `DATA_UNSUPPORTED` (other dtype, Fortran order, pickled objects),
 * `DATA_TRUNCATED`, `DATA_TOO_LARGE`, `DATA_NOT_FOUND`
 * @example
 * ```ts no-run
 * const { data, shape } = await readNpy('phdos_14243x66_u16.npy.gz'); // Uint16Array, [14243, 66]
 * ```
 */
export async function readNpy(path: string, limits: NpyLimits = {}): Promise<NpyArray> {
  return parseNpy(await readFileBytes(path, limits.maxBytes ?? DEFAULT_MAX_BYTES), path);
}

/** {@link readNpy} on bytes in memory; `where` names them in errors. */
export function parseNpy(bytes: Uint8Array, where: string): NpyArray {
  if (bytes.length < 12 || !MAGIC.every((byte, index) => bytes[index] === byte)) {
    throw new DataError(
      'DATA_INVALID',
      where,
      'a NumPy .npy file expected, got other bytes. Save it with numpy.save.',
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! >= 2;
  const headerStart = wide ? 12 : 10;
  const dataStart = headerStart + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (dataStart > bytes.length) throw truncated(where, dataStart, bytes.length);
  const { descr, shape } = parseHeader(
    new TextDecoder('latin1').decode(bytes.subarray(headerStart, dataStart)),
    where,
  );
  const type = DTYPES[descr];
  if (type === undefined) {
    throw new DataError(
      'DATA_UNSUPPORTED',
      where,
      `a dtype among ${Object.keys(DTYPES).join(' ')} expected, got ${descr}. Convert it with numpy astype.`,
    );
  }
  const count = shape.reduce((product, size) => product * size, 1);
  const end = dataStart + count * type.bytes;
  if (!Number.isSafeInteger(end) || end > bytes.length) throw truncated(where, end, bytes.length);
  // A copy: typed arrays need an aligned offset. Not `bytes.slice`: on a Node Buffer that is a view of the whole pool.
  const buffer = bytes.buffer.slice(bytes.byteOffset + dataStart, bytes.byteOffset + end) as ArrayBuffer;
  return { dtype: type.dtype, shape, data: elements(type.dtype, buffer) };
}

function elements(dtype: NpyDtype, buffer: ArrayBuffer): NpyArray['data'] {
  switch (dtype) {
    case 'uint8':
      return new Uint8Array(buffer);
    case 'uint16':
      return new Uint16Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'float32':
      return new Float32Array(buffer);
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer), float16Value);
  }
}

function truncated(where: string, expected: number, got: number): DataError {
  return new DataError(
    'DATA_TRUNCATED',
    where,
    `${expected} bytes expected from the header, got ${got}. Download the file again.`,
  );
}

/** The header is a Python dict literal with exactly these three keys. */
function parseHeader(header: string, where: string): { descr: string; shape: number[] } {
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const dimensions = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (descr === undefined || order === undefined || dimensions === undefined) {
    throw new DataError(
      'DATA_INVALID',
      where,
      `a NumPy header with descr, fortran_order and shape expected, got ${JSON.stringify(header.slice(0, 80))}. Save a plain array with numpy.save.`,
    );
  }
  if (order === 'True')
    throw new DataError(
      'DATA_UNSUPPORTED',
      where,
      'C order expected, got Fortran order. Save numpy.ascontiguousarray of it.',
    );
  return { descr, shape: (dimensions.match(/\d+/g) ?? []).map(Number) };
}
