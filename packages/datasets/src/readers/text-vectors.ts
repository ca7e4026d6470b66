import { DataError } from '../data-error';
import { VIEW_FORMS } from '../material-record';
import { readFloatRows } from './array-rows';
import { fileLines } from './file-lines';
import { readJsonLines } from './json-lines';
import { numbersField, stringField } from './record-fields';

/** Options of {@link readTextVectors}. */
export interface TextVectorsOptions {
  /** File with the id of each row of an array, one a line. Default: the path of the array and `.ids.txt`. */
  readonly ids?: string;
}

const LENGTH = (VIEW_FORMS.text as { readonly length: number }).length;
const IS_ARRAY = /\.npy(\.gz)?$/i;

/**
 * Vectors of texts by a language model (768 numbers, as MatBERT or any BERT base gives), by the id of the material: values for the view `text`.
 *
 * Either lines `{"id": "mp-149", "vector": [...]}` (`.jsonl`, `.jsonl.gz`), or an array `[n, 768]` of float32 or float16 (`.npy`, `.npy.gz`) with
 * a file of n ids beside it.
 *
 * @throws DataError `DATA_INVALID` for another length, an id twice, numbers that are not finite; `DATA_NOT_FOUND`, …
 * @example
 * ```ts no-run
 * const vectors = await readTextVectors('matbert.npy'); // and matbert.npy.ids.txt
 * vectors.get('mp-149'); // Float32Array(768)
 * ```
 */
export async function readTextVectors(
  path: string,
  { ids }: TextVectorsOptions = {},
): Promise<Map<string, Float32Array>> {
  return IS_ARRAY.test(path) ? fromArray(path, ids ?? `${path}.ids.txt`) : fromLines(path);
}

async function fromLines(path: string): Promise<Map<string, Float32Array>> {
  const found = new Map<string, Float32Array>();
  for await (const line of readJsonLines(path)) {
    const vector = Float32Array.from(numbersField(line, 'vector', LENGTH));
    add(found, stringField(line, 'id'), vector, line.where);
  }
  return found;
}

async function fromArray(path: string, idFile: string): Promise<Map<string, Float32Array>> {
  const ids: { readonly id: string; readonly where: string }[] = [];
  for await (const { text, where } of fileLines(idFile)) {
    if (text.trim() !== '') ids.push({ id: text.trim(), where });
  }
  const { shape, row } = await readFloatRows(path, ids.length);
  if (shape.length !== 1 || shape[0] !== LENGTH) {
    throw new DataError(
      'DATA_INVALID',
      path,
      `[${ids.length}, ${LENGTH}] expected, got [${[ids.length, ...shape].join(', ')}]. Save one vector of ${LENGTH} numbers for each id.`,
    );
  }
  const found = new Map<string, Float32Array>();
  for (const [index, { id, where }] of ids.entries()) add(found, id, row(index), where);
  return found;
}

function add(found: Map<string, Float32Array>, id: string, vector: Float32Array, where: string): void {
  const wrong = vector.find((value) => !Number.isFinite(value));
  if (wrong !== undefined || found.has(id)) {
    throw new DataError(
      'DATA_INVALID',
      where,
      wrong === undefined
        ? `an id that has not come before expected, got ${id} twice. Keep one vector of it.`
        : `finite numbers in the vector of ${id} expected, got ${wrong}. Leave it out, or compute it again.`,
    );
  }
  found.set(id, vector);
}
