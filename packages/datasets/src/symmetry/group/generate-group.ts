import { compose, IDENTITY, operationKey, type SymmetryOperation } from './symmetry-operation';

/** The largest space group of a conventional cell has 192 operations; an enlarged cell has more. */
const MAX_OPERATIONS = 3072;

/** All products of the generators modulo lattice translations, identity first; `undefined` where there are too many. */
export function generateGroup(generators: readonly SymmetryOperation[]): SymmetryOperation[] | undefined {
  const group = [IDENTITY];
  const known = new Set([operationKey(IDENTITY)]);
  for (let i = 0; i < group.length; i++) {
    for (const generator of generators) {
      const product = compose(generator, group[i]!);
      const key = operationKey(product);
      if (known.has(key)) continue;
      known.add(key);
      if (group.push(product) > MAX_OPERATIONS) return undefined;
    }
  }
  return group;
}

/** Whether the products of all pairs are among the operations. */
export function isGroup(operations: readonly SymmetryOperation[]): boolean {
  const known = new Set(operations.map(operationKey));
  return operations.every((a) => operations.every((b) => known.has(operationKey(compose(a, b)))));
}
