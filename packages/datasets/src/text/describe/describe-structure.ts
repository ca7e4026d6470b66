import { elementBySymbol } from '../../elements/element';
import {
  composition,
  densityGramPerCm3,
  greatestCommonDivisor,
  reducedEntries,
  reducedFormula,
} from '../../structure/composition';
import type { Structure } from '../../structure/structure';
import { StructureError } from '../../structure/structure-error';
import type { CrystalSymmetry } from '../../symmetry/find-symmetry';
import { networkReach, type Reach } from './bond-network';
import { bondedNeighbours } from './neighbours';
import { polyhedraContacts } from './shared-ligands';
import { elementName, listed, percent, siteContents } from './site-contents';
import { type NeighbourGroup, type SiteEnvironment, siteEnvironments } from './site-environments';

/** Options of {@link describeStructure}. */
export interface DescribeOptions {
  /** What `findSymmetry` found: adds the space group, and describes the primitive cell, which is quicker where the given one is large. */
  readonly symmetry?: Pick<CrystalSymmetry, 'number' | 'symbol' | 'primitive'>;
  /** Sites of the described cell; 2,000 by default. */
  readonly maxSites?: number;
}

const DEFAULT_MAX_SITES = 2000;
/** Environments of one element that are told one by one. */
const MOST_ENVIRONMENTS = 4;

/**
 * Plain English about a crystal: composition, crystal system and space group (where symmetry is given), density, neighbours of each sort of
 * site with their shape and distances, what polyhedra share, and whether bonds reach through the crystal.
 *
 * Neighbours are those of bond weight ½ or more (Hoppe 1979). The same crystal gives the same text, whatever its cell or origin.
 *
 * @throws StructureError `TOO_MANY_ATOMS`
 * @example
 * ```ts
 * describeStructure(rutile, { symmetry: await findSymmetry(rutile) });
 * // 'TiO2 consists of titanium and oxygen in the ratio 1:2. It is tetragonal, space group P4_2/mnm (no. 136). …'
 * ```
 */
export function describeStructure(structure: Structure, options: DescribeOptions = {}): string {
  const { symmetry, maxSites = DEFAULT_MAX_SITES } = options;
  const cell = symmetry?.primitive ?? structure;
  if (cell.atomicNumbers.length > maxSites) {
    throw new StructureError(
      'TOO_MANY_ATOMS',
      `describeStructure: at most ${maxSites} sites expected, got ${cell.atomicNumbers.length}. Give the symmetry, or raise maxSites to wait.`,
    );
  }
  const contents = siteContents(cell);
  const bonds = bondedNeighbours(cell);
  const environments = siteEnvironments(contents, bonds);
  return [
    aboutComposition(cell),
    ...(symmetry === undefined
      ? []
      : [
          `It is ${crystalSystem(symmetry.number)}, space group ${symmetry.symbol} (no. ${symmetry.number}).`,
        ]),
    `Its density is ${decimals(densityGramPerCm3(cell))} g/cm³.`,
    ...aboutSites(environments),
    ...polyhedraContacts(environments, bonds).map(({ of, and, share }) =>
      of === and
        ? `The ${of} share ${listed(share)} with each other.`
        : `The ${of} share ${listed(share)} with the ${and}.`,
    ),
    aboutReach(networkReach(bonds)),
  ].join(' ');
}

function aboutComposition(cell: Structure): string {
  const counts = composition(cell);
  const { entries, divisor, isWhole } = reducedEntries(counts);
  const names = entries.map(([symbol]) => elementName(elementBySymbol(symbol)!.atomicNumber));
  if (!isWhole || cell.occupations !== null) {
    const total = entries.reduce((sum, [, count]) => sum + count, 0);
    const parts = entries.map(([, count], i) => `${percent(count / total)} % ${names[i]}`);
    return `The crystal is disordered; its atoms are ${listed(parts)}.`;
  }
  const formula = reducedFormula(cell);
  if (entries.length === 1) return `${formula} is elementary ${names[0]}.`;
  const ratio = entries.map(([, count]) => count / divisor).join(':');
  return `${formula} consists of ${listed(names)} in the ratio ${ratio}.`;
}

/** First numbers of the seven systems (International Tables A). */
function crystalSystem(spaceGroup: number): string {
  const systems = [
    [195, 'cubic'],
    [168, 'hexagonal'],
    [143, 'trigonal'],
    [75, 'tetragonal'],
    [16, 'orthorhombic'],
    [3, 'monoclinic'],
  ] as const;
  return systems.find(([first]) => spaceGroup >= first)?.[1] ?? 'triclinic';
}

function aboutSites(environments: readonly SiteEnvironment[]): string[] {
  const byContents = new Map<string, SiteEnvironment[]>();
  for (const environment of environments) {
    const { key } = environment.contents;
    byContents.set(key, [...(byContents.get(key) ?? []), environment]);
  }
  return [...byContents.values()].flatMap((alike) => {
    const { words, shares } = alike[0]!.contents;
    const opening = shares === null ? [] : [`One sort of site holds ${shares}.`];
    const noun = shares === null ? `${words} atom` : `site of ${words}`;
    const sizes = alike.map(({ sites }) => sites.length);
    const unit = sizes.reduce(greatestCommonDivisor, 0);
    const total = sizes.reduce((sum, size) => sum + size, 0) / unit;
    if (alike.length === 1) return [...opening, `Each ${noun} has ${surroundings(alike[0]!)}.`];
    const told = alike.slice(0, MOST_ENVIRONMENTS);
    const rest = alike.slice(MOST_ENVIRONMENTS);
    return [
      ...opening,
      ...told.map(
        (environment) =>
          `${sizes[alike.indexOf(environment)]! / unit} in ${total} ${noun.replace(/^(site|.* atom)/, '$1s')} ${
            sizes[alike.indexOf(environment)] === unit ? 'has' : 'have'
          } ${surroundings(environment)}.`,
      ),
      ...(rest.length === 0
        ? []
        : [`The other ${noun.replace(/^(site|.* atom)/, '$1s')} have ${restOf(rest)}.`]),
    ];
  });
}

function restOf(environments: readonly SiteEnvironment[]): string {
  const numbers = environments.map(({ coordination }) => coordination);
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return `${least === most ? numeral(least) : `${numeral(least)} to ${numeral(most)}`} neighbours`;
}

/** `six oxygen neighbours in a distorted octahedron, at 1.95 to 1.98 Å`. */
function surroundings({ groups, shape, distorted }: SiteEnvironment): string {
  const form = shape === null ? '' : ` in ${article(distorted ? `distorted ${shape.name}` : shape.name)}`;
  if (groups.length === 1) {
    const [group] = groups as [NeighbourGroup];
    return `${countOf(group)}${form}, at ${span(group)}`;
  }
  return `${listed(groups.map((group) => `${countOf(group)} at ${span(group)}`))}${form}`;
}

function countOf({ contents: { words }, distancesAngstrom: { length } }: NeighbourGroup): string {
  return `${numeral(length)} ${words} ${length === 1 ? 'neighbour' : 'neighbours'}`;
}

function span({ distancesAngstrom }: NeighbourGroup): string {
  const [shortest, longest] = [distancesAngstrom[0]!, distancesAngstrom.at(-1)!].map(decimals);
  return shortest === longest ? `${shortest} Å` : `${shortest} to ${longest} Å`;
}

/** Two decimals; halves go up whatever the last bits say, so that equal crystals in other cells read the same. */
function decimals(value: number): string {
  return (Math.round(value * 1e6) / 1e6 + 1e-9).toFixed(2);
}

const NUMERALS =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen'.split(
    ' ',
  );

function numeral(count: number): string {
  return NUMERALS[count] ?? String(count);
}

function article(noun: string): string {
  return `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function aboutReach(reach: readonly Reach[]): string {
  const words = ['separate molecules or atoms', 'chains', 'layers', 'a framework in three dimensions'];
  return `The bonds form ${listed(reach.map((dimension) => words[dimension]!))}.`;
}
