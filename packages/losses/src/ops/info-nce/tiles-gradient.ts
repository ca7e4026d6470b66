import { add, empty, sum, type Tensor } from '@bravais/tensor-core';
import { rowGradientKernels, tileKernels } from './kernels';
import { stride, type TilePlan } from './plan';
import { type Gradients, type Request, termsOf, type Wanted } from './request';
import { type Chunk, chunksOf, EPSILON, planOf, SUMMARY, scoresOf, stateOf } from './tiles';

/** Threads of one workgroup of the kernels that share a row among the lanes of a subgroup. */
const WORKGROUP = 64;

/**
 * dL/da, dL/db and dL/d(log scale) of {@link tilesForward}.
 *
 * With g = softmax of rows + softmax of columns - 2 I, dL/d(a_i / |a_i|) = scale / (2 P) Σ_j g_ij b_j / |b_j|, and
 * for b likewise. The sum over j ≠ i is h_a, a product; its own pair each row adds itself. A direction that is not asked
 * for has no softmax in g, and rows beyond the pairs have none of their own.
 *
 * @param lossGrad dL, one value
 */
export function tilesGradient(
  request: Request,
  saved: readonly Tensor[],
  wanted: Wanted,
  lossGrad: Tensor,
): Gradients {
  const plan = planOf(request);
  const { factors, summary, source, a, b } = stateOf(saved, request, plan);
  const { paddedA, paddedB, paddedColumns } = plan;
  const made = { a: wanted.a || !wanted.b, b: wanted.b };
  const h = empty(a.device, [paddedA + paddedB, paddedColumns], 'f32', 'infoNce gradient');
  const ha = h.view([paddedA, paddedColumns]);
  const hb = h.view([paddedB, paddedColumns], null, 4 * paddedA * paddedColumns);
  for (const chunk of chunksOf(plan)) {
    const kept = 'scores' in source;
    const scores = kept ? source.scores : scoresOf(source, factors, summary, plan, chunk);
    if (made.a) launchProductForA(scores, b, summary, ha, plan, chunk);
    if (made.b) addProductForB(scores, a, summary, hb, plan, chunk);
    if (!kept) scores.dispose();
  }
  const { da, db, shares } = launchRowGradient([a, b, h, summary, lossGrad], made, request, plan);
  return {
    a: wanted.a ? da : null,
    b: wanted.b ? db : null,
    scale: wanted.scale ? sum(shares) : null,
  };
}

/** The chunk's rows of h_a: sums over all of b. */
function launchProductForA(
  scores: Tensor,
  b: Tensor,
  summary: Tensor,
  ha: Tensor,
  plan: TilePlan,
  { first, rows }: Chunk,
): void {
  launchProduct(scores, b, summary, ha, plan, {
    ...{ rows, firstRow: first, depth: plan.rowsB, firstDepth: 0 },
    ...{
      lastDepth: plan.rowsB - 1,
      across: true,
      weights: SUMMARY.ofRows,
      pairWeights: SUMMARY.pairsOfColumns,
    },
  });
}

/** Adds the chunk's part of h_b: sums over the chunk's rows of a. The first one is not added to anything. */
function addProductForB(
  scores: Tensor,
  a: Tensor,
  summary: Tensor,
  hb: Tensor,
  plan: TilePlan,
  { first, rows }: Chunk,
): void {
  const part = first === 0 ? hb : empty(a.device, hb.shape, 'f32', 'infoNce gradient');
  launchProduct(scores, a, summary, part, plan, {
    ...{ rows: plan.paddedB, firstRow: 0 },
    ...{ depth: Math.min(rows, plan.rowsA - first), firstDepth: first },
    ...{
      lastDepth: plan.rowsA - 1,
      across: false,
      weights: SUMMARY.ofColumns,
      pairWeights: SUMMARY.pairsOfRows,
    },
  });
  if (part === hb) return;
  const total = add(hb, part);
  hb.assign(total);
  total.dispose();
  part.dispose();
}

/** Which part of h a product makes, from which rows of the other embedding, by rows or columns of scores; weights as rows of the summary. */
interface ProductPart {
  readonly rows: number;
  readonly firstRow: number;
  readonly depth: number;
  readonly firstDepth: number;
  readonly lastDepth: number;
  readonly across: boolean;
  readonly weights: number;
  readonly pairWeights: number;
}

function launchProduct(
  scores: Tensor,
  right: Tensor,
  summary: Tensor,
  h: Tensor,
  plan: TilePlan,
  { rows, firstRow, depth, firstDepth, lastDepth, across, weights, pairWeights }: ProductPart,
): void {
  const { tile, paddedB, paddedColumns } = plan;
  const tileColumns = paddedColumns / (4 * tile.lanes * tile.loads);
  const tiles = (rows / (4 * tile.lanes)) * tileColumns;
  h.device.launch({
    kernel: tileKernels(tile).product,
    constants: { LANES: tile.lanes, LOADS: tile.loads },
    bindings: [scores, right, summary, h].map(({ binding }) => binding),
    params: [
      ...[Math.ceil(depth / 2), tiles, tileColumns],
      ...(across ? [paddedB, paddedB / 2, 1, 1] : [2, 1, paddedB / 2, 0]),
      ...[firstRow / 4, firstDepth, lastDepth, right.shape[1]! / 4, paddedColumns / 4],
      ...[(weights * stride(plan)) / 4, (pairWeights * stride(plan)) / 4],
    ],
    groups: tiles,
    flops: 2 * rows * depth * paddedColumns,
  });
}

/**
 * dL/da, dL/db and each row's share of dL/d(log scale).
 *
 * @param operands a and b in quads, h, summary, dL
 * @param made which h there is; the gradient of the other is left as it was allocated
 */
function launchRowGradient(
  operands: readonly [a: Tensor, b: Tensor, ...others: Tensor[]],
  made: { readonly a: boolean; readonly b: boolean },
  request: Request,
  plan: TilePlan,
): { da: Tensor; db: Tensor; shares: Tensor } {
  const [a, b] = operands;
  const columns = request.a.shape[1]!;
  const gradient = (x: Tensor, isMade: boolean): Tensor =>
    empty(a.device, isMade ? x.shape : [4], 'f32', 'infoNce gradient');
  const [da, db] = [gradient(request.a, made.a), gradient(request.b, made.b)];
  const shares = empty(a.device, [made.a ? plan.rowsA : plan.rowsB], 'f32', 'infoNce scale gradient');
  const units = WORKGROUP / plan.tile.lanes;
  const quads = stride(plan) / 4;
  a.device.launch({
    kernel: rowGradientKernels[columns === a.shape[1] ? 'quads' : 'elements'],
    constants: { LANES: plan.tile.lanes, UNITS: units },
    bindings: [...operands, da, db, shares].map(({ binding }) => binding),
    params: [
      ...[plan.rowsA, plan.rowsB, columns, a.shape[1]! / 4, plan.paddedColumns / 4],
      ...[(plan.paddedA * plan.paddedColumns) / 4, quads, SUMMARY.lacks * quads, SUMMARY.own * quads],
      ...[Number(made.a), Number(made.b), termsOf(request), request.margin, EPSILON],
    ],
    groups: Math.ceil(Math.max(plan.rowsA, plan.rowsB) / units),
    flops: 10 * (a.size + b.size),
  });
  return { da, db, shares };
}
