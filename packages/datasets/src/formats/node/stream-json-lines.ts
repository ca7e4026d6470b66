import { DataError } from '../../data-error';
import { type FileLine, fileLines } from '../../readers/file-lines';
import { MAX_SITES } from '../../structure/create-structure';
import { StructureError } from '../../structure/structure-error';
import { FormatError } from '../format-error';
import type { JsonValue } from '../pymatgen/json-value';
import { parseJson } from '../pymatgen/parse-json';
import { pymatgenStructure } from '../pymatgen/pymatgen-structure';
import type { StreamedStructure } from '../streamed-structure';

/** A structure of 100,000 sites takes 30 MB of JSON. */
const MAX_LINE_BYTES = 64 * 2 ** 20;
/** Some editors put it in front of the first line. */
const BYTE_ORDER_MARK = /^\uFEFF/;
/** Keys that name a material, the first that is there. */
const NAME_KEYS = ['id', 'material_id', 'jid', 'name'];

/**
 * The structures of a JSON Lines file, one a line: a pymatgen dictionary, or an object that has one under `structure` and a name under
 * `id`, `material_id`, `jid` or `name` (text or an integer), else `line 7`. A line that is wrong is given with its error, and the next are read.
 *
 * @throws DataError as `fileLines`; `DATA_TRUNCATED` for a file without a line
 */
export async function* streamJsonLines(path: string): AsyncGenerator<StreamedStructure, void, undefined> {
  let count = 0;
  let lines = 0;
  for await (const line of fileLines(path, { maxLineBytes: MAX_LINE_BYTES })) {
    lines++;
    if (line.text.trim() === '') continue;
    count++;
    yield structureOfLine(line, `line ${lines}`);
  }
  if (count > 0) return;
  const remedy = 'Write one structure a line, with json.dumps(structure.as_dict()).';
  throw new FormatError(
    'DATA_TRUNCATED',
    { file: path },
    { expected: 'a structure expected', got: 'no line', remedy },
  );
}

function structureOfLine({ text, where }: FileLine, byDefault: string): StreamedStructure {
  let name = byDefault;
  try {
    const value = parseJson(text.replace(BYTE_ORDER_MARK, ''), where);
    name = nameOf(value) ?? byDefault;
    return { ...pymatgenStructure(value, MAX_SITES), name };
  } catch (error) {
    if (error instanceof DataError || error instanceof StructureError) return { name, error };
    throw error;
  }
}

function nameOf(value: JsonValue): string | undefined {
  const names = NAME_KEYS.map((key) => value.at(key).value);
  const name = names.find(
    (name) => Number.isSafeInteger(name) || (typeof name === 'string' && name.trim() !== ''),
  );
  return name === undefined ? undefined : String(name);
}
