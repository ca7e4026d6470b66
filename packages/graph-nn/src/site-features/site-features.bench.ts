import { bench, describe } from 'vitest';
import { neighborsWithin } from '../graph';
import { prototypes, supercell } from '../graph/testing';
import { siteFeatures } from './site-features';

describe('site features of 320 sites, of all neighbours within 5 Å', () => {
  const crystal = supercell(prototypes.perovskite, 4, 4, 4);
  bench('the neighbours alone', () => void neighborsWithin(crystal, 5), { time: 300 });
  for (const basis of ['bessel', 'gaussian'] as const) {
    bench(basis, () => void siteFeatures(crystal, { basis }), { time: 300 });
  }
});
