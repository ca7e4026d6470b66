export type { MeasuredFact, MeasuredFacts, MeasuredProperty } from './facts/measured-facts';
export { type PerturbedCrystal, perturbedCrystals } from './perturbed-crystals';
export type { ReferenceRecord } from './reference-record';
export { referenceSet } from './reference-set';
export { REFERENCE_VIEW_OPTIONS } from './reference-view-options';
export type { ReferenceViews } from './reference-views';
export { splitOfFormula } from './split-of-formula';
export { type ImagedCrystal, isImaged, referenceStemImage } from './stem-views';
