import type { NamedStructure } from '@bravais/datasets';
import type { WrittenFormat } from './written-format';

/** Whether a file of this format can hold several structures. */
export function holdsSeveral(format: WrittenFormat): boolean {
  return format === 'extxyz' || format === 'json';
}

/** Text of a file with these structures; formats that hold one get the first. */
export async function writtenText(
  structures: readonly [NamedStructure, ...NamedStructure[]],
  format: WrittenFormat,
): Promise<string> {
  const { toPymatgenDict, writeCif, writeExtxyz, writePoscar } = await import('@bravais/datasets');
  const [{ structure, name }] = structures;
  switch (format) {
    case 'cif':
      return writeCif(structure, name);
    case 'poscar':
      return writePoscar(structure, name);
    case 'extxyz':
      return structures.map((item) => writeExtxyz(item.structure)).join('');
    case 'json': {
      const dicts = structures.map((item) => toPymatgenDict(item.structure));
      return `${JSON.stringify(dicts.length === 1 ? dicts[0] : dicts)}\n`;
    }
  }
}
