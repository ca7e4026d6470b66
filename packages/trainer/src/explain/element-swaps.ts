import { ELEMENTS, reducedFormula, type Structure } from '@bravais/datasets';
import { similarElements } from '../interpret';
import { type AlignmentModel, structureEncoder } from '../model';
import { predictTarget } from '../targets/predict-targets';
import type { ElementSwap, SwapReport } from './explanation-report';

/**
 * What becomes of the embedding of a crystal, and of what is read from it, when all atoms of one element are replaced by one beside it in
 * the periodic table; cell and places stay. A crystal with shared or partly vacant sites has no swaps.
 *
 * @param views embeddings of the views of the material, by name
 * @throws {ModelError} `NO_STRUCTURE_ENCODER`
 */
export async function elementSwaps(
  model: AlignmentModel,
  structure: Structure,
  views: Readonly<Record<string, Float32Array>>,
): Promise<Omit<SwapReport, 'material'>> {
  const encoder = structureEncoder(model);
  const { embeddingDim: dim } = encoder;
  const pairs = structure.occupations
    ? []
    : [...new Set(structure.atomicNumbers)].flatMap((from) =>
        similarElements(from).map((to) => ({ from, to })),
      );
  const swapped = pairs.map(({ from, to }) => ({
    ...structure,
    atomicNumbers: structure.atomicNumbers.map((z) => (z === from ? to : z)),
  }));
  const rows: Float32Array[] = [];
  for (const each of [structure, ...swapped]) rows.push(await encoder.embed([encoder.prepare(each)]));
  const predictions = await predictionsOf(model, Float32Array.from(rows.flatMap((row) => [...row])), dim);
  const facts = rows.map((row, place) => ({
    cosineWithViews: Object.fromEntries(Object.entries(views).map(([view, own]) => [view, cosine(row, own)])),
    predictions: predictions[place]!,
  }));
  return {
    original: facts[0]!,
    swaps: pairs.map(
      ({ from, to }, place): ElementSwap => ({
        from: ELEMENTS[from - 1]!.symbol,
        to: ELEMENTS[to - 1]!.symbol,
        formula: reducedFormula(swapped[place]!),
        cosineWithOriginal: cosine(rows[0]!, rows[place + 1]!),
        ...facts[place + 1]!,
      }),
    ),
  };
}

/** What the model says of structures by their embeddings, by target. */
async function predictionsOf(
  model: AlignmentModel,
  rows: Float32Array,
  dim: number,
): Promise<Record<string, number>[]> {
  const said: Record<string, number>[] = Array.from({ length: rows.length / dim }, () => ({}));
  for (const [name, { modality }] of Object.entries(model.config.targets ?? {})) {
    if (modality !== 'structure') continue;
    for (const [place, { value }] of (await predictTarget(model, name, rows)).entries())
      said[place]![name] = value;
  }
  return said;
}

/** a·b / |a||b| */
function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, k) => sum + value * b[k]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
}
