import { ELEMENTS } from '@bravais/datasets';

/** Rows of the table: atomic numbers up to 118, row 0 for padding. */
const ROWS = 119;
const GROUPS = 18;
const PERIODS = 7;

/** Pauling electronegativity; where none is tabulated (noble gases, Eu, Tb, Yb), that of the element before. */
function electronegativities() {
  let last = 0;
  return ELEMENTS.map(({ electronegativity }) => {
    last = electronegativity ?? last;
    return last;
  });
}

/** One column a group, period, and for the f block; 1 or 0. */
function places() {
  const groups = Array.from({ length: GROUPS }, (_, g) =>
    ELEMENTS.map(({ group }) => Number(group === g + 1)),
  );
  const periods = Array.from({ length: PERIODS }, (_, p) =>
    ELEMENTS.map(({ period }) => Number(period === p + 1)),
  );
  return [...groups, ...periods, ELEMENTS.map(({ group }) => Number(group === null))];
}

/**
 * What tables say of each element, `[119, columns]` by atomic number: electronegativity, covalent radius, logarithm of the mass,
 * valence electrons, group, period, f block. Each column has mean 0 and deviation 1 over the elements; row 0 is 0.
 *
 * @returns {{ columns: number, values: Float32Array }}
 */
export function elementPropertyRows() {
  const columns = [
    electronegativities(),
    ELEMENTS.map(({ covalentRadiusAngstrom }) => covalentRadiusAngstrom),
    ELEMENTS.map(({ atomicMassU }) => Math.log(atomicMassU)),
    ELEMENTS.map(({ valenceElectrons }) => valenceElectrons),
    ...places(),
  ].map(standardized);
  const values = new Float32Array(ROWS * columns.length);
  columns.forEach((column, c) => {
    column.forEach((value, row) => {
      values[(row + 1) * columns.length + c] = value;
    });
  });
  return { columns: columns.length, values };
}

function standardized(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(variance));
}
