import { FormatError } from '../../formats/format-error';
import type { ZipEntry } from '../archive/zip-entry';
import { ZipFile } from '../archive/zip-file';
import { ELEMENT_BYTES, type PickleStorage, type PickleValue } from './pickle-value';
import { unpickle } from './unpickle';

/** Bounds on an untrusted file. */
export interface TorchFileLimits {
  /** Bytes of the file after unpacking; 2 GiB by default. */
  readonly maxBytes?: number;
}

/** Bytes of the pickle itself; tensors lie beside it. */
const MAX_PICKLE_BYTES = 256 * 2 ** 20;

/**
 * The value that `torch.save` wrote (its zip form, torch 1.6 and later): numbers, strings, lists, maps and tensors, nothing that can act.
 * Tensors share the bytes that they shared; `values()` gives one as plain floats.
 *
 * @throws FormatError `DATA_UNSUPPORTED` (another global, the old form, big-endian), `DATA_INVALID`, `DATA_CORRUPT`, `DATA_TRUNCATED`,
 * `DATA_TOO_LARGE`; DataError `DATA_NOT_FOUND`
 * @example
 * ```ts no-run
 * const dos = await readTorchFile('dos.pt');
 * if (dos instanceof Map) for (const [id, tensor] of dos) if (tensor instanceof PickleTensor) console.log(id, tensor.shape);
 * ```
 */
export async function readTorchFile(
  path: string,
  { maxBytes = 2 * 2 ** 30 }: TorchFileLimits = {},
): Promise<PickleValue> {
  const zip = await ZipFile.open(path, { maxTotalBytes: maxBytes }).catch((error: unknown) => {
    throw error instanceof FormatError && error.got === 'other bytes' && error.code === 'DATA_INVALID'
      ? oldForm(path)
      : error;
  });
  try {
    const entries = new Map(zip.entries.map((entry) => [entry.name, entry]));
    const pickle = zip.entries.find(({ name }) => /^[^/]+\/data\.pkl$/.test(name));
    if (pickle === undefined || pickle.bytes > MAX_PICKLE_BYTES) {
      const got = pickle === undefined ? 'none' : `${pickle.bytes} bytes`;
      throw torchError('DATA_INVALID', path, 'a data.pkl in the archive', got);
    }
    const root = pickle.name.slice(0, pickle.name.lastIndexOf('/'));
    const order = entries.get(`${root}/byteorder`);
    if (order !== undefined && new TextDecoder().decode(await zip.read(order)) !== 'little') {
      throw torchError('DATA_UNSUPPORTED', path, 'little-endian numbers', 'big-endian ones');
    }
    const { value, storages } = unpickle(await zip.read(pickle), path);
    for (const storage of storages)
      storage.bytes = await zip.read(storageEntry(entries, root, storage, path));
    return value;
  } finally {
    await zip.close();
  }
}

function storageEntry(
  entries: ReadonlyMap<string, ZipEntry>,
  root: string,
  { key, type, count }: PickleStorage,
  path: string,
): ZipEntry {
  const entry = entries.get(`${root}/data/${key}`);
  const bytes = count * ELEMENT_BYTES[type];
  if (entry?.bytes === bytes) return entry;
  const got = entry === undefined ? 'none' : `${entry.bytes}`;
  throw torchError(
    'DATA_INVALID',
    path,
    `${bytes} bytes of the tensor data ${JSON.stringify(key.slice(0, 40))}`,
    got,
  );
}

function oldForm(path: string): FormatError {
  return torchError('DATA_UNSUPPORTED', path, 'the zip form of torch.save', 'other bytes');
}

function torchError(code: FormatError['code'], file: string, expected: string, got: string): FormatError {
  const remedy = 'Load it with torch and save plain tensors with torch.save again.';
  return new FormatError(code, { file }, { expected: `${expected} expected`, got, remedy });
}
