import { latticeVolume } from '../../structure/lattice';
import type { ByteSource } from '../text/text-chunks';
import type { ChargeDensity, VolumetricReadOptions } from './grid-field';
import { namedChannels, readVaspGrid } from './vasp-grid';

const CHANNELS: Readonly<Record<number, readonly string[]>> = {
  1: ['total'],
  2: ['total', 'diff'],
  4: ['total', 'diff_x', 'diff_y', 'diff_z'],
};

/**
 * Charge density of a CHGCAR (AECCAR, PARCHG): value of the file / volume of the cell, electrons per Å³.
 *
 * VASP writes ρ · V, so that the mean of the file is the number of electrons.
 *
 * @param source text, bytes (gzip or not), or a stream of bytes
 * @throws FormatError; StructureError
 * @example
 * ```ts no-run
 * const { shape, channels } = await readChgcar(createReadStream('CHGCAR.gz'), { file: 'CHGCAR.gz' });
 * channels.total![i + shape[0] * (j + shape[1] * k)]; // electrons per Å³
 * ```
 */
export async function readChgcar(
  source: ByteSource,
  options: VolumetricReadOptions = {},
): Promise<ChargeDensity> {
  const { name, structure, shape, arrays, notes } = await readVaspGrid(source, options);
  const volume = latticeVolume(structure.latticeAngstrom);
  for (const values of arrays) divide(values, volume);
  const channels = namedChannels(arrays, CHANNELS, options.file ?? '<input>');
  return { name, structure, shape, channels, unit: 'electron/Å³', notes };
}

function divide(values: Float64Array, by: number): void {
  for (let i = 0; i < values.length; i++) values[i]! /= by;
}
