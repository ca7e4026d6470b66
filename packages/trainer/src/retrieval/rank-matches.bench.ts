import { bench, describe } from 'vitest';
import { rankCorrected } from './hubness';
import { rankMatches } from './rank-matches';
import { splitmixWord } from './splitmix';

const DIM = 64;

describe.each([301, 10_000])('%i queries, as many candidates, dim 64', (count) => {
  const side = (seed: number): Float32Array =>
    Float32Array.from({ length: count * DIM }, (_, i) => splitmixWord(seed, i) / 2 ** 31 - 1);
  const [queries, gallery] = [side(1), side(2)];
  const once = count > 1000 ? { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 } : {};
  bench('cosine', () => void rankMatches(queries, gallery, DIM), once);
  bench('corrected for hubs', () => void rankCorrected(queries, gallery, DIM), once);
});
