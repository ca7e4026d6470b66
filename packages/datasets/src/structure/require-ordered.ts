import { siteSpecies } from './occupations';
import type { Structure } from './structure';
import { StructureError } from './structure-error';

/**
 * Throws unless every site holds one species at occupancy 1.
 *
 * @param what the consumer that needs it, named in the message: `POSCAR`
 * @throws StructureError `NOT_ORDERED`
 * @example
 * ```ts
 * requireOrdered(structure, 'POSCAR');
 * ```
 */
export function requireOrdered(structure: Structure, what: string, where?: string): void {
  if (structure.occupations === null) return;
  const { offsets, occupancies } = structure.occupations;
  const site = structure.atomicNumbers.findIndex(
    (_, i) => offsets[i + 1]! - offsets[i]! !== 1 || occupancies[offsets[i]!] !== 1,
  );
  const got = siteSpecies(structure, site)
    .map(({ symbol, occupancy }) => `${symbol} ${Number(occupancy.toPrecision(4))}`)
    .join(', ');
  throw new StructureError(
    'NOT_ORDERED',
    `${what}: one species at occupancy 1 expected on every site, got ${got} at site ${site}. Order the structure first.`,
    where,
  );
}
