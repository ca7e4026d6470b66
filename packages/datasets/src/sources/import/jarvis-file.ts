import { fractionalCoordinates } from '../../formats/fractional-coordinates';
import { reducedFormula } from '../../structure/composition';
import { createStructure } from '../../structure/create-structure';
import type { Structure } from '../../structure/structure';
import { isObject, listAt, objectAt, rowsOfThree, stringAt } from '../json/json-object';
import { type SourceArray, type SourceRecord, sourceItem } from '../source-record';
import type { ImportKind } from './import-kind';
import { jsonFileMembers } from './json-file';

/** Words of an entry that are kept beside its numbers. */
const TEXTS = ['reference', 'func', 'typ', 'crys', 'icsd'] as const;

/**
 * A file of JARVIS (`dft_3d`, `dft_2d`, …): a list of entries with `jid`, `atoms` and properties, as `.json`, `.json.gz` or `.zip`.
 * Numbers become scalars, lists of numbers arrays; `"na"` is absent.
 */
export const jarvisFile: ImportKind = {
  summary: 'a JARVIS file such as dft_3d: .json, .json.gz or .zip',
  title: 'JARVIS-DFT',
  licence: 'other',
  citations: ['Choudhary et al., npj Computational Materials 6, 173 (2020), doi:10.1038/s41524-020-00440-1'],
  async *read(path) {
    for await (const { value, index } of jsonFileMembers(path)) {
      const found = isObject(value) ? (value.jid ?? value.id) : undefined;
      const id = typeof found === 'string' ? found.slice(0, 200) : `entry ${index}`;
      yield sourceItem(id, () => jarvisRecord(value, id, `${path} ${id}`));
    }
  },
};

function jarvisRecord(value: unknown, id: string, where: string): SourceRecord {
  const entry = objectAt(value, where, 'an entry');
  const structure = jarvisStructure(entry.atoms, where);
  const scalars: Record<string, number> = {};
  const arrays: Record<string, SourceArray> = {};
  for (const [name, item] of Object.entries(entry)) {
    if (typeof item === 'number' && Number.isFinite(item)) scalars[name] = item;
    else if (Array.isArray(item) && item.length > 1 && item.every(Number.isFinite)) {
      arrays[name] = { shape: [item.length], data: Float64Array.from(item as number[]) };
    }
  }
  const texts = TEXTS.flatMap((name) => {
    const text = entry[name];
    return typeof text === 'string' && text !== 'na' && text !== '' ? [[name, text] as const] : [];
  });
  const { formula } = entry;
  return {
    id,
    formula: typeof formula === 'string' ? formula : reducedFormula(structure),
    structure,
    scalars,
    texts: Object.fromEntries(texts),
    arrays,
  };
}

/** `Atoms.to_dict()` of jarvis-tools. */
function jarvisStructure(value: unknown, where: string): Structure {
  const atoms = objectAt(value, where, 'atoms');
  const lattice = rowsOfThree(atoms.lattice_mat, where, 'lattice_mat', 3);
  const symbols = listAt(atoms.elements, where, 'elements').map((symbol) =>
    stringAt(symbol, where, 'elements').trim(),
  );
  const coordinates = rowsOfThree(atoms.coords, where, 'coords', symbols.length);
  const fracCoords = atoms.cartesian === true ? fractionalCoordinates(lattice, coordinates) : coordinates;
  return createStructure({ latticeAngstrom: lattice, fracCoords, atomicNumbers: symbols }, where);
}
