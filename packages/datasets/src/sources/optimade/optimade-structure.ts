import { DataError } from '../../data-error';
import { fractionalCoordinates } from '../../formats/fractional-coordinates';
import { createStructure } from '../../structure/create-structure';
import type { SpeciesInput } from '../../structure/site-occupations';
import type { Structure } from '../../structure/structure';
import {
  type JsonObject,
  listAt,
  mismatch,
  numbersAt,
  objectAt,
  rowsOfThree,
  stringAt,
} from '../json/json-object';

/**
 * The crystal of an entry of `/structures` (OPTIMADE 1.x): `lattice_vectors` (Å, rows), `cartesian_site_positions` (Å),
 * `species_at_sites`, and `species` with their concentrations; the symbol `vacancy` is a share of nothing.
 *
 * @throws DataError `DATA_UNSUPPORTED` for molecules, layers, correlated sites (`assemblies`), unknown or attached atoms and implicit
 * atoms, `DATA_INVALID`; StructureError
 */
export function optimadeStructure(attributes: JsonObject, where: string): Structure {
  refuseFeatures(attributes, where);
  const lattice = rowsOfThree(attributes.lattice_vectors, where, 'lattice_vectors', 3);
  const positions = rowsOfThree(attributes.cartesian_site_positions, where, 'cartesian_site_positions');
  const names = listAt(attributes.species_at_sites, where, 'species_at_sites');
  if (positions.length !== 3 * names.length)
    throw mismatch(where, `${names.length} site positions expected`, positions);
  const species = speciesByName(attributes.species, where);
  const sites = names.map((name) => {
    const found = species.get(stringAt(name, where, 'species_at_sites'));
    if (found === undefined) throw mismatch(where, 'a name that species lists expected', name);
    return found;
  });
  // A site where nothing stands is no site.
  const full = sites.map((found) => found.length > 0);
  return createStructure(
    {
      latticeAngstrom: lattice,
      fracCoords: fractionalCoordinates(lattice, positions).filter((_, k) => full[Math.floor(k / 3)]),
      species: sites.filter((_, site) => full[site]),
    },
    where,
  );
}

function speciesByName(value: unknown, where: string): Map<string, SpeciesInput[]> {
  const byName = new Map<string, SpeciesInput[]>();
  for (const item of listAt(value, where, 'species')) {
    const entry = objectAt(item, where, 'species');
    const name = stringAt(entry.name, where, 'species.name');
    if (entry.attached !== undefined && entry.attached !== null)
      throw unsupported(where, `atoms attached to ${name}`);
    const symbols = listAt(entry.chemical_symbols, where, 'species.chemical_symbols');
    const shares = numbersAt(entry.concentration, where, 'species.concentration');
    if (symbols.length !== shares.length)
      throw mismatch(where, `${symbols.length} concentrations expected`, shares);
    byName.set(
      name,
      symbols.flatMap((symbol, k): SpeciesInput[] => {
        const element = stringAt(symbol, where, 'species.chemical_symbols');
        if (element === 'X') throw unsupported(where, `an unknown atom in ${name}`);
        return element === 'vacancy' || shares[k] === 0 ? [] : [{ element, occupancy: shares[k]! }];
      }),
    );
  }
  return byName;
}

function refuseFeatures(
  { structure_features: features, dimension_types: dimensions }: JsonObject,
  where: string,
): void {
  const named = Array.isArray(features) ? features : [];
  for (const feature of ['assemblies', 'implicit_atoms', 'unknown_positions', 'site_attachments']) {
    if (named.includes(feature)) throw unsupported(where, feature);
  }
  if (Array.isArray(dimensions) && dimensions.some((periodic) => periodic === 0)) {
    throw unsupported(where, `periodicity [${dimensions.join(', ').slice(0, 20)}]`);
  }
}

function unsupported(where: string, got: string): DataError {
  return new DataError(
    'DATA_UNSUPPORTED',
    where,
    `a crystal with every atom on its own site expected, got ${got}. Leave such entries out by the filter.`,
  );
}
