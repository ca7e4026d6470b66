import type { ByteSource } from '../text/text-chunks';
import type { LocalPotential, VolumetricReadOptions } from './grid-field';
import { namedChannels, readVaspGrid } from './vasp-grid';

const CHANNELS: Readonly<Record<number, readonly string[]>> = {
  1: ['total'],
  2: ['up', 'down'],
  4: ['total', 'b1', 'b2', 'b3'],
};

/**
 * Local potential of a LOCPOT, eV as it stands there (VASP wiki, LOCPOT).
 *
 * @param source text, bytes (gzip or not), or a stream of bytes
 * @throws FormatError; StructureError
 * @example
 * ```ts no-run
 * const { channels } = await readLocpot(createReadStream('LOCPOT'));
 * ```
 */
export async function readLocpot(
  source: ByteSource,
  options: VolumetricReadOptions = {},
): Promise<LocalPotential> {
  const { name, structure, shape, arrays, notes } = await readVaspGrid(source, options);
  const channels = namedChannels(arrays, CHANNELS, options.file ?? '<input>');
  const spinor = 'VASP before 6.4.3 writes the four grids of LOCPOT in another arrangement';
  return {
    name,
    structure,
    shape,
    channels,
    unit: 'eV',
    notes: arrays.length === 4 ? [...notes, spinor] : notes,
  };
}
