import { isGroup } from '../../symmetry/group/generate-group';
import { type HallSetting, settingsOfNumber, settingsOfSymbol } from '../../symmetry/group/hall-settings';
import { hallOperations } from '../../symmetry/group/hall-symbol';
import { parseOperation } from '../../symmetry/group/parse-operation';
import {
  compose,
  IDENTITY,
  operationKey,
  type SymmetryOperation,
} from '../../symmetry/group/symmetry-operation';
import { excerpt, FormatError } from '../format-error';
import { type CifBlock, type CifValue, isMissing, knownColumn, knownValue } from './cif-block';
import {
  HALL_NAMES,
  HERMANN_MAUGUIN_NAMES,
  MAGNETIC_CENTERING_NAME,
  MAGNETIC_OPERATION_NAME,
  NUMBER_NAMES,
  OPERATION_NAMES,
} from './cif-names';
import { cifNumber } from './cif-number';
import { fitsLattice } from './fits-lattice';

/** The symmetry of a block, or each of those that its symbol may mean, the likeliest first. */
export interface CifSymmetry {
  /** Where these operations come from, for notes: `Fd-3m, origin choice 1`; empty where they are listed. */
  readonly source: string;
  readonly operations: readonly SymmetryOperation[];
  readonly notes: readonly string[];
}

/** Ten times the operations of any space group: enough for the enlarged cells of magnetic structures. */
const MAX_OPERATIONS = 2000;
/** A test of closure costs the square of the number of operations. */
const MAX_TESTED = 400;

/**
 * Symmetry of a block: the operations it lists, else those of its Hall symbol, Hermann–Mauguin symbol or number, else none (P1).
 *
 * A symbol that stands for several settings gives all that fit the lattice.
 *
 * @throws FormatError where an operation or the only symbol cannot be read
 */
export function cifSymmetries(block: CifBlock, lattice: Float64Array, file: string): CifSymmetry[] {
  const magnetic = magneticOperations(block, file);
  if (magnetic !== undefined) return [magnetic];
  const listed = knownColumn(block, OPERATION_NAMES);
  if (listed !== undefined) return [listedOperations(listed, file)];
  return symmetriesOfSymbol(block, lattice, file);
}

function listedOperations(column: readonly CifValue[], file: string): CifSymmetry {
  const operations = distinct(operationsOf(column, file));
  const notes: string[] = [];
  if (!operations.some((operation) => operationKey(operation) === operationKey(IDENTITY))) {
    operations.unshift(IDENTITY);
    notes.push('the identity was missing among the symmetry operations and was added');
  }
  if (operations.length <= MAX_TESTED && !isGroup(operations))
    notes.push('the symmetry operations listed do not form a group; they were used as they stand');
  return { source: '', operations, notes };
}

/** Time reversal is left out: what moves the nuclei is kept. */
function magneticOperations(block: CifBlock, file: string): CifSymmetry | undefined {
  const listed = knownColumn(block, [MAGNETIC_OPERATION_NAME]);
  if (listed === undefined) return undefined;
  const centerings = operationsOf(knownColumn(block, [MAGNETIC_CENTERING_NAME]) ?? [], file);
  const basic = operationsOf(listed, file);
  if (basic.length * Math.max(1, centerings.length) > MAX_OPERATIONS) throw tooMany(listed[0]!, file);
  const products = [IDENTITY, ...centerings].flatMap((centering) =>
    basic.map((operation) => compose(centering, operation)),
  );
  return {
    source: '',
    operations: distinct(products),
    notes: [
      'time reversal in the magnetic symmetry was left out: this is the nuclear structure in the magnetic cell',
    ],
  };
}

function operationsOf(column: readonly CifValue[], file: string): SymmetryOperation[] {
  if (column.length > MAX_OPERATIONS) throw tooMany(column[0]!, file);
  return column
    .filter((value) => !isMissing(value))
    .map((value) => {
      const triplet = value.text.split(',').slice(0, 3).join(',');
      const behind = value.text.split(',').slice(3).join(',').trim();
      const operation = /^([+-]?1)?$/.test(behind) ? parseOperation(triplet) : undefined;
      if (operation !== undefined) return operation;
      throw new FormatError(
        'DATA_INVALID',
        { file, line: value.line },
        {
          expected: 'a symmetry operation such as -x,y+1/2,-z expected',
          got: excerpt(value.text),
          remedy:
            'Quote operations that contain spaces; rotations must be whole numbers with determinant 1 or -1.',
        },
      );
    });
}

function symmetriesOfSymbol(block: CifBlock, lattice: Float64Array, file: string): CifSymmetry[] {
  const hall = knownValue(block, HALL_NAMES);
  const symbol = knownValue(block, HERMANN_MAUGUIN_NAMES);
  const number = knownValue(block, NUMBER_NAMES);
  const given = hall ?? symbol ?? number;
  if (given === undefined) {
    const notes = ['no symmetry is given: every atom of the cell is taken to be listed (P1)'];
    return [{ source: '', operations: [IDENTITY], notes }];
  }
  const operations = hall === undefined ? undefined : hallOperations(hall.text);
  if (operations !== undefined && fitsLattice(operations, lattice)) {
    const notes = [`symmetry operations were taken from the Hall symbol ${hall!.text.trim().slice(0, 40)}`];
    return [{ source: '', operations, notes }];
  }
  const settings = [
    ...(symbol === undefined ? [] : settingsOfSymbol(symbol.text)),
    ...(number === undefined ? [] : settingsOfNumber(cifNumber(number.text) ?? 0)),
  ];
  const candidates = settings
    .filter((setting, place) => settings.indexOf(setting) === place)
    .map((setting) => ({ setting, operations: hallOperations(setting.hallSymbol)! }))
    .filter(({ operations }) => fitsLattice(operations, lattice))
    .map(({ setting, operations }) => ({
      source: settingName(setting),
      operations,
      notes: [
        `symmetry operations were taken from the symbol or number of the space group: ${settingName(setting)}`,
      ],
    }));
  if (candidates.length > 0) return candidates;
  throw new FormatError(
    'DATA_INVALID',
    { file, line: given.line },
    {
      expected: 'symmetry operations, or the symbol of a space group that fits the cell, expected',
      got: excerpt(given.text),
      remedy: 'List the operations under _space_group_symop_operation_xyz, or correct symbol and cell.',
    },
  );
}

function settingName({ number, choice, symbols }: HallSetting): string {
  return `${symbols[0]!.replaceAll(' ', '')} (${number}${choice === '' ? '' : `, choice ${choice}`})`;
}

/** The first of each that differ by lattice translations only. */
function distinct(operations: readonly SymmetryOperation[]): SymmetryOperation[] {
  const known = new Set<string>();
  return operations.filter((operation) => {
    const key = operationKey(operation);
    return !known.has(key) && known.add(key);
  });
}

function tooMany(value: CifValue, file: string): FormatError {
  return new FormatError(
    'DATA_TOO_LARGE',
    { file, line: value.line },
    {
      expected: `at most ${MAX_OPERATIONS} symmetry operations expected`,
      got: 'more',
      remedy: 'Give the structure in its primitive or conventional cell.',
    },
  );
}
