import { createStructure } from '../../structure/create-structure';
import { latticeFromParameters } from '../../structure/lattice';
import type { SpeciesInput } from '../../structure/site-occupations';
import { atomicNumberOfSymbol, ISOTOPE_NOTE, isIsotopeSymbol } from '../element-symbol';
import { FormatError } from '../format-error';
import type { NamedStructure } from '../named-structure';
import type { JsonValue } from './json-value';

/** The structure of `Structure.as_dict()`, or of what has one under the key `structure`. @throws FormatError, StructureError */
export function pymatgenStructure(item: JsonValue, maxSites: number): NamedStructure {
  const dictionary = item.at('sites').isThere || !item.at('structure').isThere ? item : item.at('structure');
  const kind = dictionary.at('@class').value;
  if (!dictionary.at('lattice').isThere) {
    const { file } = item;
    const got = dictionary.at('sites').isThere ? 'a molecule, which has none' : `${kind ?? 'something else'}`;
    throw new FormatError(
      'DATA_UNSUPPORTED',
      { file },
      { expected: 'a Structure with a lattice expected', got, remedy: 'Write a pymatgen Structure.' },
    );
  }
  const sites = dictionary.at('sites').items();
  if (sites.length > maxSites) {
    throw new FormatError(
      'DATA_TOO_LARGE',
      { file: item.file },
      {
        expected: `at most ${maxSites} sites expected`,
        got: `${sites.length}`,
        remedy: 'Use a smaller cell, or raise maxSites if the file is trusted.',
      },
    );
  }
  const notes = new Set<string>();
  const charge = dictionary.at('charge').value;
  if (typeof charge === 'number' && charge !== 0) notes.add(`the charge ${charge} was left out`);
  const lattice = dictionary.at('lattice');
  if (openDirections(lattice).length > 0) {
    notes.add(`taken as periodic along ${openDirections(lattice).join(', ')}, where the file says it is not`);
  }
  const structure = createStructure(
    {
      latticeAngstrom: latticeOf(lattice),
      fracCoords: sites.flatMap((site) => site.at('abc').numbers(3)),
      species: sites.map((site) => speciesOf(site, notes)),
    },
    item.file,
  );
  return { name: '', structure, notes: [...notes] };
}

/** Axes along which a slab, chain or molecule in a box does not repeat. */
function openDirections(lattice: JsonValue): string[] {
  const flags = lattice.at('pbc').value;
  return Array.isArray(flags) ? ['a', 'b', 'c'].filter((_, k) => flags[k] === false) : [];
}

function latticeOf(lattice: JsonValue): ArrayLike<number> {
  const matrix = lattice.at('matrix');
  if (matrix.isThere) {
    const rows = matrix.items();
    if (rows.length !== 3) throw matrix.error('three rows expected', 'Give the vectors a, b, c in Å.');
    return rows.flatMap((row) => row.numbers(3));
  }
  const [a, b, c, alpha, beta, gamma] = ['a', 'b', 'c', 'alpha', 'beta', 'gamma'].map((key) =>
    lattice.at(key).number(),
  ) as [number, number, number, number, number, number];
  return latticeFromParameters(a, b, c, alpha, beta, gamma, lattice.file);
}

function speciesOf(site: JsonValue, notes: Set<string>): SpeciesInput[] {
  const properties = site.at('properties').value;
  if (typeof properties === 'object' && properties !== null) {
    const names = Object.keys(properties).slice(0, 20);
    if (names.length > 0) notes.add(`site properties were left out: ${names.join(', ')}`);
  }
  return site
    .at('species')
    .items()
    .map((species) => {
      const symbol = species.at('element').string();
      const atomicNumber = atomicNumberOfSymbol(symbol);
      if (atomicNumber === undefined) {
        throw species.error(
          'an element expected',
          'Dummy species (X, Vac) cannot be read: remove or replace them.',
        );
      }
      if (isIsotopeSymbol(symbol)) notes.add(ISOTOPE_NOTE);
      const oxidation = species.at('oxidation_state').value;
      if (typeof oxidation === 'number' && oxidation !== 0) notes.add('oxidation states were left out');
      if (species.at('properties').isThere) notes.add('spins of species were left out');
      return { element: atomicNumber, occupancy: species.at('occu').number() };
    });
}
