import { ELEMENTS } from '@bravais/datasets';
import { type Device, type Tensor, tensor } from '@bravais/tensor-core';
import { electronegativities } from '../../data/element-properties';

const GROUPS = 18;
const PERIODS = 7;

/** 1 or 0 in one column a group, a period, and one for the f block. */
function places(): number[][] {
  const indicator = (holds: (element: (typeof ELEMENTS)[number]) => boolean): number[] =>
    ELEMENTS.map((element) => Number(holds(element)));
  return [
    ...Array.from({ length: GROUPS }, (_, g) => indicator(({ group }) => group === g + 1)),
    ...Array.from({ length: PERIODS }, (_, p) => indicator(({ period }) => period === p + 1)),
    indicator(({ group }) => group === null),
  ];
}

/** Mean 0 and deviation 1 over the elements. */
function standardized(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(variance));
}

/**
 * What tables say of the elements, a column each, standardised: electronegativity (Pauling), covalent radius (Å), logarithm of the
 * mass (u), valence electrons, then which group, period and block. Facts of the table alone: nothing here is fitted to data.
 */
const COLUMNS: readonly (readonly number[])[] = [
  electronegativities(),
  ELEMENTS.map(({ covalentRadiusAngstrom }) => covalentRadiusAngstrom),
  ELEMENTS.map(({ atomicMassU }) => Math.log(atomicMassU)),
  ELEMENTS.map(({ valenceElectrons }) => valenceElectrons),
  ...places(),
].map(standardized);

/** Tabulated properties P that an encoder takes of an element: 30, or 0 where it takes none. */
export function elementColumns(taken: boolean): number {
  return taken ? COLUMNS.length : 0;
}

/** `elements`, `[119, P]` by atomic number, row 0 of zeros; nothing where an encoder takes none. The tensor belongs to the caller's scope. */
export function uploadElements(device: Device, taken: boolean): { readonly elements?: Tensor } {
  if (!taken) return {};
  const rows = [COLUMNS.map(() => 0), ...ELEMENTS.map((_, row) => COLUMNS.map((column) => column[row]!))];
  return { elements: tensor(device, Float32Array.from(rows.flat()), [rows.length, COLUMNS.length]) };
}
