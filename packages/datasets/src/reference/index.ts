export type { ReferenceRecord } from './reference-record';
export { referenceSet } from './reference-set';
export { splitOfFormula } from './split-of-formula';
