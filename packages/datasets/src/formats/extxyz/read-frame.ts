import { elementOf } from '../../elements/element';
import { createStructure } from '../../structure/create-structure';
import { atomicNumberOfSymbol, ISOTOPE_NOTE, isIsotopeSymbol } from '../element-symbol';
import { fractionalCoordinates } from '../fractional-coordinates';
import type { NamedStructure } from '../named-structure';
import type { LineInput } from '../text/line-parser';
import { parseInteger, parseNumber, tokensOf } from '../text/scan-numbers';
import { type FrameHead, frameHead } from './frame-head';

/** Number of atoms that the first line of a frame says. @throws FormatError */
export function siteCount(input: LineInput, line: string | undefined, maxSites: number): number {
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

/** Reads a frame from its comment line on. @throws FormatError, StructureError */
export function* readFrame(
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
