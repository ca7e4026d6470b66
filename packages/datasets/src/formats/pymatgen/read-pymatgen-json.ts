import { MAX_SITES } from '../../structure/create-structure';
import { decodeText } from '../decode-text';
import type { StructureFile, StructureReadOptions } from '../named-structure';
import { parseJson } from './parse-json';
import { pymatgenStructure } from './pymatgen-structure';

/** Structures in one file. */
const MAX_STRUCTURES = 100_000;

/**
 * The structures of JSON as pymatgen's `Structure.as_dict()` writes it: one, a list of them, or under the key `structure` as in a
 * `ComputedStructureEntry`. Occupancies are kept; oxidation states, charges and site properties are left out with a note.
 *
 * @throws FormatError, `DATA_UNSUPPORTED` for a molecule; StructureError
 * @example
 * ```ts no-run
 * const [first] = readPymatgenJson(await readFile('mp-149.json')).structures;
 * ```
 */
export function readPymatgenJson(
  source: string | Uint8Array,
  options: StructureReadOptions = {},
): StructureFile {
  const { file = '<input>', maxSites = MAX_SITES, maxBytes } = options;
  const root = parseJson(decodeText(source, file, maxBytes), file);
  const items = Array.isArray(root.value) ? root.items() : [root];
  if (items.length === 0 || items.length > MAX_STRUCTURES) {
    throw root.error(`one to ${MAX_STRUCTURES} structures expected`, 'Split the file.');
  }
  return { structures: items.map((item) => pymatgenStructure(item, maxSites)), notes: [] };
}
