import { factsTable } from '../output/facts-table';
import { formatCount, formatValue } from '../output/format-number';
import type { FailedInspection, InspectedSite, Inspection } from './inspection';

/** Sites that the text shows; `--json` has them all. */
const SHOWN_SITES = 100;

/** What `bravais inspect` prints of one file. */
export function inspectionText(inspection: Inspection | FailedInspection): string {
  const { file } = inspection;
  if (!inspection.ok) {
    const { code, message } = inspection.error;
    return `${file}\n${factsTable([['error', `${code}: ${message}`]])}`;
  }
  const { sites, spacegroup, notes = [] } = inspection;
  const facts: (readonly [string, string])[] = [
    ['formula', inspection.formula],
    ['sites', formatCount(inspection.n_sites)],
    ['space group', spacegroup === null ? 'not found' : `${spacegroup.symbol} (${spacegroup.number})`],
    ['lattice', latticeText(inspection.lattice)],
    ['volume', `${inspection.volume.toFixed(4)} Å³`],
    ['density', `${inspection.density.toFixed(4)} g/cm³`],
    ['disorder', disorderText(sites)],
    ...notes.map((note) => ['note', note] as const),
  ];
  const shown = sites.slice(0, SHOWN_SITES).map((site, k) => [`site ${k}`, siteText(site)] as const);
  const more = sites.length - shown.length;
  return [
    file,
    factsTable(facts),
    factsTable(shown),
    ...(more > 0 ? [`and ${formatCount(more)} more sites: --json prints them all`] : []),
    ...neighborLines(inspection),
  ].join('\n');
}

function latticeText(rows: readonly (readonly number[])[]): string {
  const lengths = rows.map((row) => Math.hypot(...row));
  const angles = [
    [1, 2],
    [0, 2],
    [0, 1],
  ].map(([i, j]) => {
    const dot = rows[i!]!.reduce((sum, x, k) => sum + x * rows[j!]![k]!, 0);
    return (Math.acos(dot / (lengths[i!]! * lengths[j!]!)) * 180) / Math.PI;
  });
  const list = (values: readonly number[], digits: number): string =>
    values.map((value) => value.toFixed(digits)).join(' ');
  return `a b c ${list(lengths, 4)} Å, alpha beta gamma ${list(angles, 3)}°`;
}

function disorderText(sites: readonly InspectedSite[]): string {
  const shared = sites.filter(({ species }) => species.length > 1).length;
  const vacant = sites.filter(({ species }) => total(species) < 1 - 1e-8).length;
  if (shared + vacant === 0) return 'none';
  return `${shared} shared and ${vacant} partly vacant of ${sites.length} sites`;
}

function total(species: InspectedSite['species']): number {
  return species.reduce((sum, { occupancy }) => sum + occupancy, 0);
}

function siteText({ species, frac }: InspectedSite): string {
  const position = frac.map((x) => x.toFixed(6)).join(' ');
  const contents = species.map(({ element, occupancy }) =>
    occupancy === 1 ? element : `${element} ${formatValue(occupancy)}`,
  );
  return `${position}  ${contents.join(', ')}`;
}

/** `i  j  image  distance`, one neighbour a line. */
function neighborLines({ neighbors, sites }: Inspection): string[] {
  if (neighbors === undefined) return [];
  const name = (site: number): string => `${site} ${sites[site]!.species[0]!.element}`;
  // A list may be too long for the arguments of one call, which factsTable would make of it.
  const width = `${sites.length} Xx`.length;
  return [
    `${formatCount(neighbors.length)} neighbours: site, neighbour, cell, distance`,
    ...neighbors.map(
      ({ i, j, image, distance }) =>
        `${name(i).padEnd(width)}  ${name(j).padEnd(width)}  [${image.join(' ')}]  ${distance.toFixed(5)} Å`,
    ),
  ];
}
