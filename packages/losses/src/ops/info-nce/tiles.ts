import { empty, pad, type Tensor } from '@bravais/tensor-core';
import { packKernel, summaryKernel, tileKernels } from './kernels';
import { planTiles, stride, type TilePlan } from './plan';
import { type Request, termsOf } from './request';
import { MAX_LOG_SCALE, type Scale } from './scale';

/** Least norm that an embedding is divided by, as in l2Normalize. */
export const EPSILON = 1e-12;

/** Rows of the summary that the gradient reads; `summary.wgsl` has them all. Pairs and own take two rows. */
export const SUMMARY = {
  lacks: 3,
  ofRows: 4,
  ofColumns: 5,
  pairsOfColumns: 6,
  pairsOfRows: 8,
  own: 10,
  rows: 13,
} as const;

/** What the loss leaves for its gradient. */
export interface TileState {
  /** `[4, stride]`: what turns products of embeddings into scores; see `pack-embeddings.wgsl`. */
  readonly factors: Tensor;
  /** `[13, stride]`: what turns scores into softmaxes; see {@link SUMMARY}. */
  readonly summary: Tensor;
  /** The scores where one chunk holds them all, else the embeddings they are made of again. */
  readonly source: { readonly scores: Tensor } | Packed;
  /** The embeddings, their rows filled up to whole quads. */
  readonly a: Tensor;
  readonly b: Tensor;
}

/** Both embeddings with rows side by side, `[D, rows]` padded. */
export interface Packed {
  readonly aColumns: Tensor;
  readonly bColumns: Tensor;
}

/** A stretch of rows of scores that is in memory at a time. */
export interface Chunk {
  readonly first: number;
  readonly rows: number;
}

/** The loss, and for its gradient the tensors of a {@link TileState}, see {@link stateOf}. */
export function tilesForward(request: Request, keep: boolean): { loss: Tensor; saved: readonly Tensor[] } {
  const { device } = request.a;
  const plan = planOf(request);
  const factors = empty(device, [4, stride(plan)], 'f32', 'infoNce factors');
  const summary = empty(device, [SUMMARY.rows, stride(plan)], 'f32', 'infoNce summary');
  const loss = empty(device, [], 'f32', 'infoNce');
  const [a, b] = [inQuads(request.a), inQuads(request.b)];
  const packed = pack(a, b, request.scale, plan, factors);
  const chunks = chunksOf(plan);
  const keepsScores = keep && chunks.length === 1;
  let source: readonly Tensor[] = [packed.aColumns, packed.bColumns];
  for (const chunk of chunks) {
    const { scores, parts } = launchScores(packed, factors, summary, plan, chunk);
    launchSummary(parts, factors, summary, loss, request, plan, chunk);
    parts.dispose();
    if (keepsScores) source = [scores];
    else scores.dispose();
  }
  return { loss, saved: [factors, summary, ...(isInQuads(request.a) ? [] : [a, b]), ...source] };
}

export function planOf({ a, b, scale, chunkBytes }: Request): TilePlan {
  const most = typeof scale === 'number' ? scale : Math.exp(MAX_LOG_SCALE);
  const [rowsA, columns] = a.shape as [number, number];
  return planTiles(a.device.adapter.subgroupSize!, [rowsA, b.shape[0]!, columns], most, chunkBytes);
}

/** What {@link tilesForward} saved for its gradient. */
export function stateOf(saved: readonly Tensor[], request: Request, plan: TilePlan): TileState {
  const [factors, summary, ...others] = saved as [Tensor, Tensor, ...Tensor[]];
  const [a, b] = isInQuads(request.a) ? [request.a, request.b] : (others.splice(0, 2) as [Tensor, Tensor]);
  const [first, second] = others as [Tensor, Tensor];
  const whole = chunksOf(plan).length === 1;
  return {
    ...{ factors, summary, a, b },
    source: whole ? { scores: first } : { aColumns: first, bColumns: second },
  };
}

function isInQuads(x: Tensor): boolean {
  return x.shape[1]! % 4 === 0;
}

/** Embeddings whose rows are whole quads; added columns are zero. */
function inQuads(x: Tensor): Tensor {
  if (isInQuads(x)) return x;
  return pad(x, [
    [0, 0],
    [0, 4 - (x.shape[1]! % 4)],
  ]);
}

export function chunksOf({ rowsA, paddedA, chunkRows }: TilePlan): Chunk[] {
  return Array.from({ length: Math.ceil(rowsA / chunkRows) }, (_, index) => {
    const first = index * chunkRows;
    return { first, rows: Math.min(chunkRows, paddedA - first) };
  });
}

/** Scores of a chunk, made again. */
export function scoresOf(
  packed: Packed,
  factors: Tensor,
  summary: Tensor,
  plan: TilePlan,
  chunk: Chunk,
): Tensor {
  const { scores, parts } = launchScores(packed, factors, summary, plan, chunk);
  parts.dispose();
  return scores;
}

function pack(a: Tensor, b: Tensor, scale: Scale, plan: TilePlan, factors: Tensor): Packed {
  const { device } = a;
  const columns = a.shape[1]!;
  const learned = typeof scale !== 'number';
  const aColumns = empty(device, [columns, plan.paddedA], 'f32', 'infoNce a');
  const bColumns = empty(device, [columns, plan.paddedB], 'f32', 'infoNce b');
  device.launch({
    kernel: packKernel,
    constants: { LANES: plan.tile.lanes },
    bindings: [a, b, learned ? scale : a, aColumns, bColumns, factors].map(({ binding }) => binding),
    params: [
      ...[plan.rowsA, plan.rowsB, columns / 4],
      ...[plan.paddedA / 4, plan.paddedB / 4, stride(plan) / 4],
      ...[learned ? 0 : scale, Number(learned), MAX_LOG_SCALE, EPSILON, 2 ** plan.tile.squarings],
    ],
    groups: stride(plan) / 4,
    flops: 2 * (a.size + b.size),
  });
  return { aColumns, bColumns };
}

/** Where the parts of columns start, in quads, and how many tiles a chunk has. */
function partsOf({ tile, paddedB }: TilePlan, { rows }: Chunk) {
  const tileRows = rows / (4 * tile.lanes);
  const tileColumns = paddedB / (4 * tile.lanes * tile.loads);
  return { tileRows, tileColumns, columnParts: (2 * tileColumns * rows) / 4 };
}

/** Scores of a chunk, with the largest and the sum of powers of each row and column of each tile; own scores go to the summary. */
function launchScores(
  { aColumns, bColumns }: Packed,
  factors: Tensor,
  summary: Tensor,
  plan: TilePlan,
  chunk: Chunk,
): { scores: Tensor; parts: Tensor } {
  const { tile, rowsA, rowsB, paddedA, paddedB } = plan;
  const { device } = factors;
  const { tileRows, tileColumns, columnParts } = partsOf(plan, chunk);
  const columns = aColumns.shape[0]!;
  const scores = empty(device, [chunk.rows, paddedB], 'f32', 'infoNce scores');
  const parts = empty(device, [4 * columnParts + 2 * tileRows * paddedB], 'f32', 'infoNce parts');
  device.launch({
    kernel: tileKernels(tile).scores,
    constants: { LANES: tile.lanes, LOADS: tile.loads },
    bindings: [aColumns, bColumns, factors, parts, scores, summary].map(({ binding }) => binding),
    params: [
      ...[rowsA, rowsB, paddedA / 4, paddedB / 4, stride(plan) / 4, Math.ceil(columns / 2)],
      ...[chunk.first / 4, chunk.rows / 4, columnParts],
    ],
    groups: tileRows * tileColumns,
    flops: 2 * chunk.rows * paddedB * columns,
  });
  return { scores, parts };
}

function launchSummary(
  parts: Tensor,
  factors: Tensor,
  summary: Tensor,
  loss: Tensor,
  request: Request,
  plan: TilePlan,
  chunk: Chunk,
): void {
  const { tileRows, tileColumns, columnParts } = partsOf(plan, chunk);
  parts.device.launch({
    kernel: summaryKernel,
    constants: { LANES: plan.tile.lanes },
    bindings: [parts, factors, summary, loss].map(({ binding }) => binding),
    params: [
      ...[request.pairs, plan.paddedB / 4, stride(plan) / 4, chunk.first / 4, chunk.rows / 4],
      ...[columnParts, tileRows, tileColumns, Number(chunk.first + chunk.rows >= plan.rowsA)],
      ...[Number(request.forward), Number(request.backward)],
      ...[termsOf(request), request.margin, 2 ** plan.tile.squarings],
    ],
    groups: 1,
  });
}
