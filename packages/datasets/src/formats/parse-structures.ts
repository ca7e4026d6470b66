import { readCif } from './cif/read-cif';
import { decodeText, MAX_TEXT_BYTES } from './decode-text';
import { readExtxyz } from './extxyz/read-extxyz';
import { FormatError } from './format-error';
import type { StructureFile, StructureReadOptions } from './named-structure';
import { readPoscar } from './poscar/read-poscar';
import { readPymatgenJson } from './pymatgen/read-pymatgen-json';
import { type FileFormat, formatOfContent, formatOfName } from './structure-format';
import { type ByteSource, unpackedBytes } from './text/text-chunks';
import { readVasprun } from './vasprun/read-vasprun';
import { readCube } from './volumetric/read-cube';
import { readVaspGrid } from './volumetric/vasp-grid';

/** Options of {@link parseStructures}. */
export interface ParseStructuresOptions extends StructureReadOptions {
  /** What the file is; by default its name says it, else its beginning. */
  readonly format?: FileFormat;
  /** Elements of a POSCAR of VASP 4. */
  readonly species?: readonly string[];
}

/**
 * The structures of a file of any known format, gzip or not: CIF, POSCAR, extended XYZ, pymatgen JSON, and the structures that
 * CHGCAR, LOCPOT, cube and vasprun.xml (its final one) hold. Volumetric data and XML are read to their end, so that a file that
 * was cut short is refused.
 *
 * @param source text, bytes, or a stream of bytes
 * @throws FormatError, `DATA_UNSUPPORTED` for every other format; StructureError
 * @example
 * ```ts
 * const { structures } = await parseStructures(await file.arrayBuffer().then((b) => new Uint8Array(b)), { file: file.name });
 * ```
 */
export async function parseStructures(
  source: ByteSource,
  options: ParseStructuresOptions = {},
): Promise<StructureFile> {
  const { file = '<input>' } = options;
  const format = options.format ?? formatOfName(file);
  switch (format) {
    case 'vasp-grid':
      return single(await readVaspGrid(source, options));
    case 'cube':
      return single(await readCube(source, options));
    case 'vasprun': {
      const run = await readVasprun(source, { ...options, projected: false });
      return single({ ...run, name: 'final structure' });
    }
    default: {
      const bytes = await unpackedBytes(source, { file, maxBytes: options.maxBytes ?? MAX_TEXT_BYTES });
      const text = decodeText(bytes, file, options.maxBytes);
      const found = format ?? formatOfContent(text);
      return found === format
        ? readText(text, found, file, options)
        : parseStructures(text, { ...options, format: found! });
    }
  }
}

function readText(
  text: string,
  format: FileFormat | undefined,
  file: string,
  options: ParseStructuresOptions,
): StructureFile {
  switch (format) {
    case 'cif':
      return readCif(text, options);
    case 'poscar':
      return readPoscar(text, options);
    case 'extxyz':
      return readExtxyz(text, options);
    case 'pymatgen-json':
      return readPymatgenJson(text, options);
    default:
      throw unsupported(file, format);
  }
}

function single({
  name,
  structure,
  notes,
}: Pick<StructureFile['structures'][number], 'name' | 'structure' | 'notes'>): StructureFile {
  return { structures: [{ name, structure, notes }], notes: [] };
}

function unsupported(file: string, format: FileFormat | undefined): FormatError {
  return new FormatError(
    'DATA_UNSUPPORTED',
    { file },
    {
      expected: 'CIF, POSCAR, extended XYZ, pymatgen JSON, CHGCAR, LOCPOT, cube or vasprun.xml expected',
      got: format === 'doscar' ? 'a DOSCAR, which holds no structure' : 'something else',
      remedy:
        format === 'doscar'
          ? 'Read its density of states with readDoscar.'
          : 'Convert the file to one of these.',
    },
  );
}
