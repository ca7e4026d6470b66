import { mul, reshape, segmentSum, type Tensor } from '@bravais/tensor-core';
import { embedding } from '@bravais/tensor-core/nn';
import type { GraphTensors } from '../batch/graph-tensors';

/**
 * x_i = g_i Σ_s o_is w[Z_is]: rows of a table of elements for the sites of crystals, `[119, W]` and N nodes to `[N, W]`; on an
 * ordered site x_i = g_i w[Z_i]. Gates g are 1 where the batch has none.
 *
 * Occupancies o are not divided by their sum: a vacancy adds a row of zeros, so that half of the sites filled is neither all of
 * them nor none. An ordered crystal gets the same bits from either form.
 */
export function elementRows(
  weight: Tensor,
  graph: Pick<GraphTensors, 'atomicNumbers' | 'occupations' | 'siteGates'>,
): Tensor {
  const { siteGates } = graph;
  const rows = openRows(weight, graph);
  return siteGates ? mul(rows, reshape(siteGates, [siteGates.size, 1])) : rows;
}

function openRows(
  weight: Tensor,
  { atomicNumbers, occupations }: Pick<GraphTensors, 'atomicNumbers' | 'occupations'>,
): Tensor {
  if (!occupations) return embedding({ weight }, atomicNumbers);
  const rows = embedding({ weight }, occupations.atomicNumbers);
  const { occupancies, offsets } = occupations;
  return segmentSum(mul(rows, reshape(occupancies, [occupancies.size, 1])), offsets);
}
