import { elementOf } from '../../elements/element';
import { createStructure, MAX_SITES } from '../../structure/create-structure';
import { decodeText } from '../decode-text';
import { atomicNumberOfSymbol, ISOTOPE_NOTE, isIsotopeSymbol } from '../element-symbol';
import { fractionalCoordinates } from '../fractional-coordinates';
import type { NamedStructure, StructureFile, StructureReadOptions } from '../named-structure';
import { type LineInput, parseText } from '../text/line-parser';
import { parseInteger, parseNumber, tokensOf } from '../text/scan-numbers';
import { type FrameHead, frameHead } from './frame-head';

/** Options of {@link readExtxyz}. */
export interface ExtxyzReadOptions extends StructureReadOptions {
  /** Frames at most; 100,000 by default. */
  readonly maxFrames?: number;
}

const DEFAULT_MAX_FRAMES = 100_000;

/**
 * The frames of an extended XYZ file: `Lattice` and Cartesian positions in Å. Other properties, and fields of the comment line such
 * as energies, are left out with a note.
 *
 * @throws FormatError, `DATA_UNSUPPORTED` where a frame has no lattice; StructureError
 * @example
 * ```ts
 * const { structures } = readExtxyz(`1
 * Lattice="2.5 0 0 0 2.5 0 0 0 2.5" Properties=species:S:1:pos:R:3
 * Po 0 0 0
 * `);
 * ```
 */
export function readExtxyz(source: string | Uint8Array, options: ExtxyzReadOptions = {}): StructureFile {
  const { file = '<input>', maxSites = MAX_SITES, maxFrames = DEFAULT_MAX_FRAMES, maxBytes } = options;
  return parseText(decodeText(source, file, maxBytes), file, function* (input) {
    const structures: NamedStructure[] = [];
    for (let line = yield; ; line = yield) {
      // Some writers leave an empty line at the end or between frames.
      if (line?.trim() === '') continue;
      if (line === undefined && structures.length > 0) return { structures, notes: [] };
      if (structures.length === maxFrames) {
        throw input.error(
          `at most ${maxFrames} frames expected`,
          'Split the file, or raise maxFrames.',
          'DATA_TOO_LARGE',
        );
      }
      const count = siteCount(input, line, maxSites);
      structures.push(yield* frame(input, count, `frame ${structures.length + 1}`));
    }
  });
}

function siteCount(input: LineInput, line: string | undefined, maxSites: number): number {
  const count = parseInteger(line?.trim() ?? '');
  if (count === undefined || count < 1) {
    throw input.error('the number of atoms, at least 1, expected', 'Each frame begins with it.');
  }
  if (count > maxSites) {
    throw input.error(
      `at most ${maxSites} atoms expected`,
      'Use a smaller cell, or raise maxSites if the file is trusted.',
      'DATA_TOO_LARGE',
    );
  }
  return count;
}

function* frame(
  input: LineInput,
  count: number,
  name: string,
): Generator<void, NamedStructure, string | undefined> {
  const comment = yield;
  if (comment === undefined)
    throw input.error('a comment line with the lattice expected', 'The frame is cut short.');
  const head = frameHead(input, comment);
  const atomicNumbers: number[] = [];
  const positions: number[] = [];
  let isotopes = false;
  for (let site = 0; site < count; site++) {
    const tokens = tokensOf((yield) ?? '');
    atomicNumbers.push(elementAt(input, tokens, head));
    isotopes ||= isIsotopeSymbol(tokens[head.columns.element.column]!);
    positions.push(...positionAt(input, tokens, head));
  }
  const structure = createStructure(
    {
      latticeAngstrom: head.latticeAngstrom,
      fracCoords: fractionalCoordinates(head.latticeAngstrom, positions),
      atomicNumbers,
    },
    input.file,
  );
  return { name, structure, notes: isotopes ? [...head.notes, ISOTOPE_NOTE] : head.notes };
}

function elementAt(input: LineInput, tokens: readonly string[], { columns }: FrameHead): number {
  if (tokens.length !== columns.count) {
    throw input.error(
      `${columns.count} columns, as Properties says, expected`,
      'Check the number of atoms and the columns.',
    );
  }
  const { column, by } = columns.element;
  const token = tokens[column]!;
  const z = by === 'symbol' ? atomicNumberOfSymbol(token) : elementOf(parseInteger(token) ?? 0)?.atomicNumber;
  if (z === undefined) throw input.error('an element expected', 'Write symbols as in the periodic table.');
  return z;
}

function positionAt(input: LineInput, tokens: readonly string[], { columns }: FrameHead): number[] {
  const values = tokens.slice(columns.position, columns.position + 3).map(parseNumber);
  if (values.includes(undefined))
    throw input.error('three finite coordinates in Å expected', 'Correct the line.');
  return values as number[];
}
