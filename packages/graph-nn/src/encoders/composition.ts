import { div, dropout, reshape, segmentMean, segmentSum, type Tensor } from '@bravais/tensor-core';
import { type HostParameter, type Linear, linear } from '@bravais/tensor-core/nn';
import { type Key, type RandomKey, split } from '@bravais/tensor-core/random';
import type { GraphTensors } from '../batch/graph-tensors';
import { elementRows } from '../layers/element-rows';
import { type ElementTable, elementTable, initElementTable } from '../layers/element-table';
import { scaledLinear } from '../layers/scaled-init';
import { checkSizes } from './check-sizes';

/** Shape of the encoder. */
export interface CompositionOptions {
  /** Features of an element and of the hidden layers, W. */
  readonly width: number;
  /** Hidden layers of the MLP, one at least. */
  readonly layers: number;
  /** Tabulated properties of an element, P; 0 for none. */
  readonly elementProperties: number;
  /** Length of the embedding, D. */
  readonly embeddingDim: number;
}

/** Parameters of the encoder. */
export interface Composition<P = Tensor> extends ElementTable<P> {
  /** `[W, W]` each. */
  readonly hidden: readonly Linear<P>[];
  /** `[D, W]`. */
  readonly head: Linear<P>;
}

/** What the encoder sees of a batch of crystals: what they are made of, not where it stands. */
export interface CompositionInput {
  readonly graph: Pick<GraphTensors, 'atomicNumbers' | 'occupations' | 'siteGates' | 'graphOffsets'>;
  /** `[119, P]`, by atomic number, standardised; required exactly where the encoder takes properties. */
  readonly elements?: Tensor;
}

/**
 * Initial parameters: weights with which signals keep their variance, biases 0.
 *
 * @throws {@link GraphError} INVALID_OPTION
 */
export function initComposition(key: Key, options: CompositionOptions): Composition<HostParameter> {
  const { elementProperties, ...positive } = options;
  checkSizes('initComposition', positive, elementProperties);
  const { width, layers, embeddingDim } = positive;
  const [elementKey, propertyKey, hiddenKey, headKey] = split(key, 4) as [Key, Key, Key, Key];
  return {
    ...initElementTable(elementKey, propertyKey, width, elementProperties),
    hidden: split(hiddenKey, layers).map((each, layer) =>
      scaledLinear(each, width, width, { afterSilu: layer > 0 }),
    ),
    head: scaledLinear(headKey, width, embeddingDim, { afterSilu: true }),
  };
}

/**
 * z = W_h SiLU(… SiLU(W_1 Σ_Z x_Z w_Z + b_1) …) + b_h: compositions to embeddings `[G, D]`, the baseline that sees no structure.
 *
 * x_Z is the share of atoms that are element Z, vacancies left out, and w_Z a learned row plus W_p of its tabulated properties.
 * Polymorphs, and all cells of a crystal, embed alike: what an encoder of structures gains over this, it has learned from
 * structure. Rows weighted by fraction are Roost's input; its attention between elements is left out: with W from 118 on the
 * weighted sum tells all fractions, and an MLP of it can come near any continuous function of them.
 *
 * Parameters, with L hidden layers: (119 + P) W + L (W + 1) W + (W + 1) D; 68,608 for W = D = 128, L = 2, P = 30.
 *
 * In a profile: `embedding`, `pooling`, `hidden`, `head`.
 *
 * Source of the weighting: Goodall and Lee, "Predicting materials properties without crystal structure", Nat. Commun. 11, 6280
 * (2020).
 *
 * @param rate dropout on the last hidden features
 * @param dropoutKey randomness of this step's dropout; `null` outside training
 *
 * @example
 * ```ts
 * const options = { width: 128, layers: 2, elementProperties: 0, embeddingDim: 128 };
 * const { tree } = packParameters(device, initComposition(key(0), options));
 * const z = composition(tree, { graph: uploadGraphs(device, batch) }, 0, null); // [crystals, 128]
 * ```
 */
export function composition(
  parameters: Composition,
  { graph, elements }: CompositionInput,
  rate: number,
  dropoutKey: RandomKey | null,
): Tensor {
  const { device } = graph.atomicNumbers;
  const sites = device.layer('embedding', () =>
    elementRows(elementTable('composition', parameters, elements), graph),
  );
  const mixed = device.layer('pooling', () => meanOverAtoms(sites, graph));
  const features = device.layer('hidden', () =>
    parameters.hidden.reduce((x, layer) => linear(layer, x, 'silu'), mixed),
  );
  return device.layer('head', () =>
    linear(parameters.head, dropoutKey ? dropout(features, { rate, key: dropoutKey }) : features),
  );
}

/** Σ_i x_i / Σ_i o_i over the sites of each crystal, o its atoms on a site: `[N, W]` to `[G, W]`. */
function meanOverAtoms(sites: Tensor, { occupations, graphOffsets }: CompositionInput['graph']): Tensor {
  if (!occupations) return segmentMean(sites, graphOffsets);
  const { occupancies, offsets } = occupations;
  const onSites = segmentSum(reshape(occupancies, [occupancies.size, 1]), offsets);
  return div(segmentSum(sites, graphOffsets), segmentSum(onSites, graphOffsets));
}
