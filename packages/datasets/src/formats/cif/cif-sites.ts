import type { SpeciesInput } from '../../structure/site-occupations';
import { ISOTOPE_NOTE } from '../element-symbol';
import { excerpt, FormatError } from '../format-error';
import { type CifBlock, type CifValue, isMissing } from './cif-block';
import type { CifFormula } from './cif-formula';
import { cifNumber, requiredNumber } from './cif-number';
import { type CifSpecies, cifSpecies } from './cif-species';

/** One row of the atom list. */
export interface CifSite {
  readonly label: string;
  readonly line: number;
  readonly frac: readonly [number, number, number];
  readonly species: SpeciesInput;
}

const COORDINATES = ['_atom_site_fract_x', '_atom_site_fract_y', '_atom_site_fract_z'] as const;
/** With more decimals than this a number near a third is meant as it stands. */
const MAX_ROUNDED_DECIMALS = 6;
/** Files write atoms in the cell or next to it. */
const MAX_FRACTION = 1000;
/** 0.3333 and 0.6667 are 1/3 and 2/3 within this share: pymatgen's rule. */
const THIRD_TOLERANCE = 1e-4;

/**
 * Rows of `_atom_site_` with element, coordinates and occupancy (1 where it is `?` or `.`, its default in the dictionary); dummy
 * sites and those of occupancy 0 are left out with a note.
 *
 * @throws FormatError for a coordinate that is missing, an element that is none, a negative occupancy
 */
export function cifSites(
  block: CifBlock,
  formula: CifFormula | null,
  file: string,
): { sites: CifSite[]; notes: string[] } {
  const { labels, types } = names(block, file);
  const expected = formula === null ? null : new Set(formula.keys());
  const coordinates = COORDINATES.map((name) => column(block, name, labels.length, file));
  const occupancies = block.columns.get('_atom_site_occupancy');
  const flags = block.columns.get('_atom_site_calc_flag');
  const notes = new SiteNotes();
  const sites: CifSite[] = [];
  for (let row = 0; row < labels.length; row++) {
    const name = (isMissing(types?.[row]) ? undefined : types?.[row]) ?? labels[row]!;
    const label = labels[row]!.text;
    if (flags?.[row]?.text.toLowerCase() === 'dum') {
      notes.add('dummy sites were left out', label);
      continue;
    }
    const occupancy = occupancyOf(occupancies?.[row], file);
    if (occupancy === 0) {
      notes.add('sites of occupancy 0 were left out', label);
      continue;
    }
    const found = cifSpecies(name.text, expected, name === labels[row]);
    if (found === undefined) throw unknownElement(name, file);
    notes.addSpecial(found, label);
    const frac = coordinates.map((values, k) => coordinate(values[row]!, COORDINATES[k]!, file));
    sites.push({
      label,
      line: labels[row]!.line,
      frac: frac as [number, number, number],
      species: { element: found.symbol, occupancy },
    });
  }
  return { sites, notes: notes.list() };
}

/** Labels and type symbols, at least one of which is there for every row. */
function names(
  block: CifBlock,
  file: string,
): { labels: readonly CifValue[]; types: readonly CifValue[] | undefined } {
  const types = block.columns.get('_atom_site_type_symbol');
  const labels = block.columns.get('_atom_site_label') ?? types;
  if (labels !== undefined && (types === undefined || types.length === labels.length))
    return { labels, types };
  throw new FormatError(
    'DATA_INVALID',
    { file, line: block.line },
    {
      expected: 'a label or type symbol for every atom expected',
      got:
        labels === undefined
          ? 'neither _atom_site_label nor _atom_site_type_symbol'
          : 'lists of different length',
      remedy: 'Keep all columns of the atom list in one loop.',
    },
  );
}

function column(block: CifBlock, name: string, rows: number, file: string): readonly CifValue[] {
  const values = block.columns.get(name);
  if (values?.length === rows) return values;
  const isCartesian = block.columns.has('_atom_site_cartn_x');
  throw new FormatError(
    'DATA_INVALID',
    { file, line: block.line },
    {
      expected: `${rows} values of ${name} expected`,
      got: values === undefined ? (isCartesian ? 'Cartesian coordinates' : 'none') : `${values.length}`,
      remedy: 'Give fractional coordinates for every atom.',
    },
  );
}

function coordinate(value: CifValue, name: string, file: string): number {
  const number = requiredNumber(value, name, file);
  if (Math.abs(number) > MAX_FRACTION) {
    throw new FormatError(
      'DATA_INVALID',
      { file, line: value.line },
      {
        expected: `${name} within ±${MAX_FRACTION} expected`,
        got: excerpt(value.text),
        remedy: 'Fractional coordinates are near 0 to 1.',
      },
    );
  }
  const third = [1 / 3, 2 / 3].find((exact) => Math.abs(1 - number / exact) < THIRD_TOLERANCE);
  if (third === undefined) return number;
  const decimals = /\.(\d*)/.exec(value.text)?.[1]?.length ?? 0;
  return decimals <= MAX_ROUNDED_DECIMALS || Math.abs(number - third) <= 0.5 * 10 ** -decimals
    ? third
    : number;
}

function occupancyOf(value: CifValue | undefined, file: string): number {
  if (value === undefined || isMissing(value)) return 1;
  const occupancy = cifNumber(value.text);
  if (occupancy !== undefined && occupancy >= 0) return occupancy;
  throw new FormatError(
    'DATA_INVALID',
    { file, line: value.line },
    {
      expected: 'an occupancy from 0 to 1 expected',
      got: excerpt(value.text),
      remedy: 'Correct the value.',
    },
  );
}

function unknownElement(value: CifValue, file: string): FormatError {
  return new FormatError(
    'DATA_INVALID',
    { file, line: value.line },
    {
      expected: 'a type symbol or label that begins with a chemical element expected',
      got: excerpt(value.text),
      remedy: 'Add _atom_site_type_symbol, or mark dummy sites by _atom_site_calc_flag dum.',
    },
  );
}

const SPECIAL_NOTES: Readonly<Record<NonNullable<CifSpecies['special']>, string>> = {
  isotope: ISOTOPE_NOTE,
  water: 'water and hydroxyl are read as oxygen, their hydrogen is not listed',
  formula: 'labels were read so that they agree with the formula of the file',
};

/** Notes said once with the first labels that they are about. */
class SiteNotes {
  readonly #labels = new Map<string, string[]>();

  add(note: string, label: string): void {
    const labels = this.#labels.get(note);
    if (labels === undefined) this.#labels.set(note, [label]);
    else labels.push(label);
  }

  addSpecial({ special }: CifSpecies, label: string): void {
    if (special !== null) this.add(SPECIAL_NOTES[special], label);
  }

  list(): string[] {
    return [...this.#labels].map(([note, labels]) => {
      const shown = labels.slice(0, 3).map((label) => label.slice(0, 20));
      return `${note} (${shown.join(', ')}${labels.length > shown.length ? `, … ${labels.length} in all` : ''})`;
    });
  }
}
