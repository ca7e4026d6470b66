import { add, matmul, type Tensor, TensorError } from '@bravais/tensor-core';
import { type Embedding, gaussian, type HostParameter } from '@bravais/tensor-core/nn';
import type { Key } from '@bravais/tensor-core/random';
import { scaledWeight } from './scaled-init';

/** Rows of a table of elements: atomic numbers up to 118, row 0 for padding. */
const ELEMENTS = 119;
/** Size of an element's own row at the start, beside what its properties say: alike elements start alike. */
const OWN_SHARE = 0.1;

/** What makes the row of an element. */
export interface ElementTable<P = Tensor> {
  /** `[119, W]`: a learned row of its own. */
  readonly embedding: Embedding<P>;
  /** `[W, P]`, present where the table takes properties of elements. */
  readonly properties?: { readonly weight: P };
}

/** Initial rows for P properties, 0 for none. */
export function initElementTable(
  elementKey: Key,
  propertyKey: Key,
  width: number,
  elementProperties: number,
): ElementTable<HostParameter> {
  const tabulated = elementProperties > 0;
  return {
    embedding: { weight: gaussian(elementKey, [ELEMENTS, width], tabulated ? OWN_SHARE : 1) },
    ...(tabulated ? { properties: { weight: scaledWeight(propertyKey, elementProperties, width) } } : {}),
  };
}

/**
 * w_Z = e_Z + W_p p_Z: the row of each element, its own and what its tabulated properties add, `[119, W]`.
 *
 * @param elements properties p, `[119, P]`, by atomic number
 * @throws {TensorError} `ARGUMENT` where properties are given and not taken, or taken and not given
 */
export function elementTable(
  op: string,
  { embedding, properties }: ElementTable,
  elements: Tensor | undefined,
): Tensor {
  if (properties && elements) {
    return add(embedding.weight, matmul(elements, properties.weight, { transposeB: true }));
  }
  if (properties || elements) {
    throw new TensorError(
      'ARGUMENT',
      `${op}: expected a table of element properties exactly where the parameters take one, got ${elements ? 'one for parameters without' : 'none'}. Give it in the input's elements, or make parameters with elementProperties.`,
    );
  }
  return embedding.weight;
}
