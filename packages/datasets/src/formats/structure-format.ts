import { NumberScanner, parseInteger, tokensOf } from './text/scan-numbers';

/** A kind of file that holds structures, or none but is known. */
export type FileFormat =
  | 'cif'
  | 'poscar'
  | 'extxyz'
  | 'pymatgen-json'
  | 'vasp-grid'
  | 'cube'
  | 'vasprun'
  | 'doscar';

/** What the name of a file says; the first that fits. */
const NAMES: readonly (readonly [RegExp, FileFormat])[] = [
  [/\.m?cif$/i, 'cif'],
  [/\.(ext)?xyz$/i, 'extxyz'],
  [/\.json$/i, 'pymatgen-json'],
  [/\.(cube|cub)$/i, 'cube'],
  [/vasprun|\.xml$/i, 'vasprun'],
  [/CHGCAR|AECCAR|PARCHG|ELFCAR|LOCPOT|^CHG([._-]|$)/, 'vasp-grid'],
  [/DOSCAR/, 'doscar'],
  [/POSCAR|CONTCAR|\.vasp$|\.poscar$/i, 'poscar'],
];

/** Format that the name of a file tells, `.gz` left aside; `undefined` where it tells none. */
export function formatOfName(file: string): FileFormat | undefined {
  const name = file.replace(/^.*[/\\]/, '').replace(/\.gz$/i, '');
  return NAMES.find(([pattern]) => pattern.test(name))?.[1];
}

/** Lines of the beginning that are looked at. */
const HEAD_LENGTH = 2 ** 16;

/** Format that the beginning of a text tells; `undefined` where it is like none. */
export function formatOfContent(text: string): FileFormat | undefined {
  const head = text.slice(0, HEAD_LENGTH);
  const first = head.trimStart()[0];
  if (first === '{' || first === '[') return 'pymatgen-json';
  if (first === '<') return 'vasprun';
  const lines = head.split(/\r\n|\n|\r/);
  const begin = lines.find((line) => !/^\s*(#|$)/.test(line)) ?? '';
  if (/^\s*data_/i.test(begin)) return 'cif';
  const numbers = lines.slice(0, 7).map(leadingNumbers);
  if (lines[3]?.trim() === 'CAR') return 'doscar';
  if (numbers.slice(1, 2).every((n) => n === 1 || n === 3) && allAre(numbers.slice(2, 5), 3)) return 'poscar';
  if (allAre(numbers.slice(2, 6), 4)) return 'cube';
  return parseInteger(lines[0]?.trim() ?? '') !== undefined && /^\s*[A-Z]/.test(lines[2] ?? '')
    ? 'extxyz'
    : undefined;
}

const scanner = new NumberScanner();

function leadingNumbers(line: string): number {
  return tokensOf(line.slice(0, 1000)).length > 0 ? scanner.scan(line.slice(0, 1000), [], 0, 8) : 0;
}

function allAre(counts: readonly number[], expected: number): boolean {
  return counts.length > 0 && counts.every((count) => count === expected);
}
