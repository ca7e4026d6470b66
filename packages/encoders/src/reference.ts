import type { HostTree } from '@bravais/tensor-core/nn';
import type { SpectrumTransformer, SpectrumTransformerOptions } from './spectrum-transformer';
import type { TextTransformer } from './text-transformer';

/** A parameter in float64. */
export interface Exact {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

type Row = readonly number[];
type Affine = { readonly weight: Exact; readonly bias: Exact };

/** The same tree with all values in float64. */
export function exactTree<T>(node: HostTree): T {
  if ('values' in node && node.values instanceof Float32Array) {
    return { ...node, values: Float64Array.from(node.values) } as T;
  }
  const children = Object.entries(node).map(([name, child]) => [name, exactTree(child as HostTree)] as const);
  return (Array.isArray(node) ? children.map(([, child]) => child) : Object.fromEntries(children)) as T;
}

/** Row of a matrix. */
function rowOf({ shape, values }: Exact, row: number): number[] {
  const width = shape[1]!;
  return Array.from(values.subarray(row * width, (row + 1) * width));
}

function affine({ weight, bias }: { readonly weight: Exact; readonly bias?: Exact }, x: Row): number[] {
  return Array.from({ length: weight.shape[0]! }, (_, out) =>
    rowOf(weight, out).reduce((sum, w, i) => sum + w * x[i]!, bias?.values[out] ?? 0),
  );
}

function norm({ weight, bias }: Affine, x: Row): number[] {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
  return x.map(
    (value, i) => ((value - mean) / Math.sqrt(variance + 1e-5)) * weight.values[i]! + bias.values[i]!,
  );
}

/** x Φ(x), Φ by its series about 0. */
function gelu(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return x * (0.5 + (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum);
}

const plus = (a: Row, b: Row): number[] => a.map((value, i) => value + b[i]!);
const dot = (a: Row, b: Row): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

function mean(rows: readonly Row[], width: number): number[] {
  const total = rows.reduce<number[]>((sum, row) => plus(sum, row), new Array<number>(width).fill(0));
  return total.map((value) => value / Math.max(1, rows.length));
}

function attended(
  q: readonly Row[],
  k: readonly Row[],
  v: readonly Row[],
  heads: number,
  counts: readonly boolean[],
) {
  const d = q[0]!.length / heads;
  return q.map((query, t) =>
    query.map((_, feature) => {
      if (!counts[t]) return 0;
      const first = Math.floor(feature / d) * d;
      const part = (row: Row): Row => row.slice(first, first + d);
      const weights = k.map((key, j) =>
        counts[j] ? Math.exp(dot(part(query), part(key)) / Math.sqrt(d)) : 0,
      );
      const total = weights.reduce((a, b) => a + b, 0);
      return weights.reduce((sum, weight, j) => sum + (weight / total) * v[j]![feature]!, 0);
    }),
  );
}

/** Tokens of one sample after all blocks and the last norm. */
function transformed(
  { blocks, norm: last }: TextTransformer<Exact>['transformer'],
  tokens: readonly Row[],
  heads: number,
  counts: readonly boolean[],
): number[][] {
  const hidden = blocks.reduce<readonly Row[]>((x, block) => {
    const normal = x.map((row) => norm(block.attentionNorm, row));
    const { query, key, value, output } = block.attention;
    const project = (by: { readonly weight: Exact }): number[][] => normal.map((row) => affine(by, row));
    const mixed = attended(project(query), project(key), project(value), heads, counts);
    const seen = x.map((row, t) => plus(row, affine(output, mixed[t]!)));
    return seen.map((row) => {
      const wide = affine(block.expand, norm(block.mlpNorm, row)).map(gelu);
      return plus(row, affine(block.contract, wide));
    });
  }, tokens);
  return hidden.map((row) => norm(last, row));
}

/** z of one spectrum. */
export function spectrumReference(
  parameters: SpectrumTransformer<Exact>,
  spectrum: Row,
  options: SpectrumTransformerOptions,
  known: Row | null,
): number[] {
  const { bins, patch, heads } = options;
  const tokens = Math.ceil(bins / patch);
  const inside = Array.from({ length: tokens }, (_, t) =>
    Array.from({ length: patch }, (_, i) => t * patch + i),
  );
  const isKnown = (bin: number): number => (bin < bins && (known?.[bin] ?? 1) !== 0 ? 1 : 0);
  const rows = inside.map((binsOf, t) => {
    const p = binsOf.map((bin) => (isKnown(bin) ? spectrum[bin]! : 0));
    const input = [...p, ...p.map(Math.sqrt), ...(known ? binsOf.map(isKnown) : [])];
    return plus(affine(parameters.patches, input), rowOf(parameters.positions.weight, t));
  });
  const counted = inside.map((binsOf) => known === null || binsOf.some((bin) => isKnown(bin) === 1));
  const { cls } = parameters;
  const all = cls ? [rowOf(cls, 0), ...rows] : rows;
  const counts = cls ? [true, ...counted] : counted;
  const hidden = transformed(parameters.transformer, all, heads, counts);
  const pooled = cls
    ? hidden[0]!
    : mean(
        hidden.filter((_, t) => counts[t]),
        options.features,
      );
  return affine(parameters.head, pooled);
}

/** Features of the tokens of one text. */
function textTokens(parameters: TextTransformer<Exact>, ids: Row, heads: number): number[][] {
  const rows = ids.map((id, t) =>
    plus(rowOf(parameters.tokens.weight, id), rowOf(parameters.positions.weight, t)),
  );
  const counts = ids.map(() => true);
  return ids.length === 0 ? [] : transformed(parameters.transformer, rows, heads, counts);
}

/** z of one text without padding. */
export function textReference(parameters: TextTransformer<Exact>, ids: Row, heads: number): number[] {
  const features = parameters.positions.weight.shape[1]!;
  return affine(parameters.head, mean(textTokens(parameters, ids, heads), features));
}

/** Cross entropies of tokens asked for in texts without padding, by text and place. */
export function maskedTokenReference(
  { encoder, head }: { readonly encoder: TextTransformer<Exact>; readonly head: { readonly bias: Exact } },
  texts: readonly Row[],
  asked: readonly { readonly text: number; readonly place: number; readonly id: number }[],
  heads: number,
): number {
  const hidden = texts.map((ids) => textTokens(encoder, ids, heads));
  const terms = asked.map(({ text, place, id }) => {
    const logits = affine({ weight: encoder.tokens.weight, bias: head.bias }, hidden[text]![place]!);
    return Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[id]!;
  });
  return terms.reduce((a, b) => a + b, 0) / Math.max(1, terms.length);
}
