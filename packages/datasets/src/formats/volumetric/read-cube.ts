import { elementOf } from '../../elements/element';
import { createStructure } from '../../structure/create-structure';
import { fractionalCoordinates } from '../fractional-coordinates';
import { type LineInput, parseStream } from '../text/line-parser';
import { NumberScanner } from '../text/scan-numbers';
import type { ByteSource } from '../text/text-chunks';
import type { ChargeDensity, VolumetricReadOptions } from './grid-field';
import { gridValues } from './grid-values';
import { checkedPoints, volumetricLimits } from './volumetric-limits';

/** Bohr radius in Å, CODATA 2018. */
const BOHR_ANGSTROM = 0.529177210903;

const scanner = new NumberScanner();

/**
 * Charge density of a Gaussian cube file: values taken as electrons per bohr³, given as electrons per Å³, first axis fastest.
 *
 * The cell is what the grid spans, taken as periodic; positions count from its origin. Lengths are bohr, or Å where the numbers of
 * grid points are negative. A file with several values a point (orbitals) is refused.
 *
 * @param source text, bytes (gzip or not), or a stream of bytes
 * @throws FormatError; StructureError
 * @example
 * ```ts no-run
 * const { structure, channels } = await readCube(createReadStream('density.cube'));
 * ```
 */
export function readCube(source: ByteSource, options: VolumetricReadOptions = {}): Promise<ChargeDensity> {
  const limits = volumetricLimits(options);
  return parseStream(source, limits, function* (input) {
    const title = yield;
    if (title === undefined || (yield) === undefined) {
      throw input.error('a cube file, two lines of text first, expected', 'The file is empty.');
    }
    const { sites, origin } = cubeCounts(input, yield, limits.maxSites);
    const axes = [axisOf(input, yield), axisOf(input, yield), axisOf(input, yield)] as const;
    const shape = axes.map(({ points }) => Math.abs(points)) as [number, number, number];
    const count = checkedPoints(input, shape, limits.maxPoints);
    if (new Set(axes.map(({ points }) => Math.sign(points))).size > 1) {
      throw input.error(
        'one sign of all three numbers of grid points expected',
        'Negative means lengths in Å.',
      );
    }
    const toAngstrom = axes[0].points < 0 ? 1 : BOHR_ANGSTROM;
    const lattice = axes.flatMap(({ step }, k) => step.map((length) => length * shape[k]! * toAngstrom));
    const atoms = yield* cubeAtoms(input, sites);
    const positions = atoms.positions.map((x, k) => (x - origin[k % 3]!) * toAngstrom);
    const structure = createStructure(
      {
        latticeAngstrom: lattice,
        fracCoords: fractionalCoordinates(lattice, positions),
        atomicNumbers: atoms.atomicNumbers,
      },
      limits.file,
    );
    const values = yield* gridValues(input, count);
    yield* nothingMore(input);
    const unit = toAngstrom === 1 ? 1 : BOHR_ANGSTROM ** -3;
    return {
      name: title.trim(),
      structure,
      shape,
      channels: { total: firstAxisFastest(values, shape, unit) },
      unit: 'electron/Å³',
      notes: cubeNotes(origin),
    };
  });
}

function cubeNotes(origin: readonly number[]): string[] {
  const notes = ['values are taken as electrons per volume, the grid as one period of a crystal'];
  if (origin.some((x) => x !== 0)) notes.push('positions count from the origin of the grid');
  return notes;
}

/** Atoms and origin; a further number is the values a point. */
function cubeCounts(
  input: LineInput,
  line: string | undefined,
  maxSites: number,
): { sites: number; origin: readonly number[] } {
  const numbers: number[] = [];
  const count = scanner.scan(line ?? '', numbers, 0, 6);
  const [sites, x, y, z, perPoint = 1] = numbers as [number, number, number, number, number?];
  const clean = scanner.position === (line ?? '').length && (count === 4 || count === 5);
  if (!clean || !Number.isInteger(sites) || sites === 0) {
    throw input.error('the number of atoms and the origin expected', 'Check the third line.');
  }
  if (sites < 0 || perPoint !== 1) {
    throw input.error(
      'one value for each grid point expected',
      'This file holds orbitals: write the density instead.',
      'DATA_UNSUPPORTED',
    );
  }
  if (sites > maxSites) {
    throw input.error(`at most ${maxSites} atoms expected`, 'Use a smaller cell.', 'DATA_TOO_LARGE');
  }
  return { sites, origin: [x, y, z] };
}

function axisOf(input: LineInput, line: string | undefined): { points: number; step: readonly number[] } {
  const numbers: number[] = [];
  const count = scanner.scan(line ?? '', numbers, 0, 5);
  if (count !== 4 || scanner.position !== (line ?? '').length || !Number.isInteger(numbers[0])) {
    throw input.error('the number of grid points and the step along an axis expected', 'Check lines 4 to 6.');
  }
  return { points: numbers[0]!, step: numbers.slice(1) };
}

/** `Z charge x y z`, one atom a line. */
function* cubeAtoms(
  input: LineInput,
  sites: number,
): Generator<void, { atomicNumbers: number[]; positions: number[] }, string | undefined> {
  const atomicNumbers: number[] = [];
  const positions: number[] = [];
  for (let site = 0; site < sites; site++) {
    const line = yield;
    const numbers: number[] = [];
    const count = scanner.scan(line ?? '', numbers, 0, 6);
    if (count !== 5 || scanner.position !== (line ?? '').length || elementOf(numbers[0]!) === undefined) {
      throw input.error(
        'an atomic number, a charge and three coordinates expected',
        'Check the list of atoms.',
      );
    }
    atomicNumbers.push(numbers[0]!);
    positions.push(...numbers.slice(2));
  }
  return { atomicNumbers, positions };
}

function* nothingMore(input: LineInput): Generator<void, void, string | undefined> {
  for (let line = yield; line !== undefined; line = yield) {
    if (line.trim() !== '') {
      throw input.error(
        'the end of the file after the last value expected',
        'The grid of lines 4 to 6 is smaller.',
      );
    }
  }
}

/** Cube files run fastest along the last axis. */
function firstAxisFastest(
  values: Float64Array,
  [na, nb, nc]: readonly [number, number, number],
  factor: number,
): Float64Array {
  const turned = new Float64Array(values.length);
  let from = 0;
  for (let i = 0; i < na; i++) {
    for (let j = 0; j < nb; j++) {
      for (let k = 0; k < nc; k++) turned[i + na * (j + nb * k)] = values[from++]! * factor;
    }
  }
  return turned;
}
