import { ELEMENTS } from '@bravais/datasets';
import type { ElementPropertyTable } from '@bravais/graph-nn';

/** Pauling electronegativity; where none is tabulated (noble gases, Eu, Tb, Yb), that of the element before. */
export function electronegativities(): number[] {
  let last = 0;
  return ELEMENTS.map(({ electronegativity }) => {
    last = electronegativity ?? last;
    return last;
  });
}

/**
 * The properties whose statistics over a crystal's atoms describe its composition: logarithm of the mass (u),
 * covalent radius (Å), electronegativity (Pauling), group (f block: 3), period, valence electrons.
 */
export function elementPropertyTable(): ElementPropertyTable {
  const columns: readonly (readonly [name: string, values: readonly number[]])[] = [
    ['logMass', ELEMENTS.map(({ atomicMassU }) => Math.log(atomicMassU))],
    ['covalentRadius', ELEMENTS.map(({ covalentRadiusAngstrom }) => covalentRadiusAngstrom)],
    ['electronegativity', electronegativities()],
    ['group', ELEMENTS.map(({ group }) => group ?? 3)],
    ['period', ELEMENTS.map(({ period }) => period)],
    ['valenceElectrons', ELEMENTS.map(({ valenceElectrons }) => valenceElectrons)],
  ];
  return {
    names: columns.map(([name]) => name),
    values: ELEMENTS.flatMap((_, row) => columns.map(([, values]) => values[row]!)),
  };
}
