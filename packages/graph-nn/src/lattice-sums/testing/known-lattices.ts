import type { Crystal } from '../../graph';

/** Rows of the primitive cell of a face-centred lattice. */
export const faceCentred = (a: number): number[] => [0, a / 2, a / 2, a / 2, 0, a / 2, a / 2, a / 2, 0];

/** Rows of a cubic cell. */
export const cubic = (a: number): number[] => [a, 0, 0, 0, a, 0, 0, 0, a];

/** Germanium carbide in rock salt, the primitive cell. */
export const germaniumCarbide: Crystal = {
  latticeAngstrom: faceCentred(4.3869),
  fracCoords: [0, 0, 0, 0.5, 0.5, 0.5],
  atomicNumbers: [32, 6],
};
