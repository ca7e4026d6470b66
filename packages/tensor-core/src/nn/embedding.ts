import { embedding as embeddingOp } from '../ops/embedding';
import type { Key } from '../random';
import type { Tensor } from '../tensor';
import type { HostParameter } from './host-tree';
import { gaussian } from './init';

/** A table of one row per id, `[ids, features]`. */
export interface Embedding<P = Tensor> {
  readonly weight: P;
}

/** Rows drawn from N(0, 1), as in PyTorch. */
export function initEmbedding(key: Key, ids: number, features: number): Embedding<HostParameter> {
  return { weight: gaussian(key, [ids, features], 1) };
}

/** Rows of the table by id: ids i32 `[n]` to `[n, features]`. */
export function embedding({ weight }: Embedding, ids: Tensor): Tensor {
  return embeddingOp(weight, ids);
}
