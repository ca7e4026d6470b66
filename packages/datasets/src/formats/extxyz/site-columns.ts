import { parseInteger } from '../text/scan-numbers';

/** Columns of an atom line: where the species and the position stand. */
export interface SiteColumns {
  /** Column of the element, by symbol or by atomic number. */
  readonly element: { readonly column: number; readonly by: 'symbol' | 'number' };
  /** First of the three columns of the position. */
  readonly position: number;
  /** Columns in all. */
  readonly count: number;
  /** Names of the properties that are not read. */
  readonly others: readonly string[];
}

/** What a line of plain XYZ holds. */
export const PLAIN_PROPERTIES: string = 'species:S:1:pos:R:3';
const MAX_COLUMNS = 1000;

/**
 * Reads `Properties=species:S:1:pos:R:3:forces:R:3`.
 *
 * @returns `null` where it does not name a position of three reals and an element (`species`, or `Z`)
 */
export function siteColumns(properties: string): SiteColumns | null {
  const parts = properties.split(':');
  if (parts.length % 3 !== 0) return null;
  let count = 0;
  let species: number | undefined;
  let number: number | undefined;
  let position: number | undefined;
  const others: string[] = [];
  for (let k = 0; k < parts.length; k += 3) {
    const [name, type, width] = [parts[k]!, parts[k + 1]!, parseInteger(parts[k + 2]!)];
    if (!/^[RISL]$/i.test(type) || width === undefined || width < 1) return null;
    const shape = `${name.toLowerCase()}:${type.toUpperCase()}:${width}`;
    if (shape === 'species:S:1' || shape === 'element:S:1') species ??= count;
    else if (shape === 'z:I:1' || shape === 'numbers:I:1') number ??= count;
    else if (shape === 'pos:R:3' || shape === 'positions:R:3') position ??= count;
    else others.push(name);
    count += width;
    if (count > MAX_COLUMNS) return null;
  }
  const column = species ?? number;
  if (column === undefined || position === undefined) return null;
  return { element: { column, by: species === undefined ? 'number' : 'symbol' }, position, count, others };
}
