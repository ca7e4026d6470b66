import { basename } from 'node:path';
import { UsageError } from '../errors/cli-error';

/** Formats that structures can be written in. */
export const WRITTEN_FORMATS: readonly ['cif', 'poscar', 'extxyz', 'json'] = [
  'cif',
  'poscar',
  'extxyz',
  'json',
];

/** One of {@link WRITTEN_FORMATS}. */
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];

const NAMES: readonly (readonly [RegExp, WrittenFormat])[] = [
  [/\.cif$/i, 'cif'],
  [/\.(ext)?xyz$/i, 'extxyz'],
  [/\.json$/i, 'json'],
  [/POSCAR|CONTCAR|\.vasp$|\.poscar$/i, 'poscar'],
];

/** Format that the name of the file to write asks for. */
export function writtenFormatOf(file: string): WrittenFormat {
  const found = NAMES.find(([pattern]) => pattern.test(basename(file)));
  if (found !== undefined) return found[1];
  throw new UsageError(
    `convert: a name such as x.cif, POSCAR, x.vasp, x.xyz or x.json expected for the file to write, got ${file}. Choose one, or give the format with --to.`,
  );
}
