import type { MaterialRecord } from '@bravais/datasets';
import type { Device } from '@bravais/tensor-core';
import { requireSameOptions } from '../checkpoint/view-options';
import { configHash } from '../config';
import type { AttributionReport, ExplainedEmbeddings, ExplanationReport, SwapReport } from '../explain';
import { attributeMaterial } from '../explain/attribute-material';
import { compositionEmbeddings } from '../explain/composition-embeddings';
import { elementSwaps } from '../explain/element-swaps';
import { embeddingMeasures } from '../explain/embedding-measures';
import { materialLabels } from '../explain/material-labels';
import { nearestMaterials } from '../explain/nearest-materials';
import { pairMeasures } from '../explain/pair-measures';
import type { Split } from '../metrics';
import { type AlignmentModel, createModel, type PreparedMaterial } from '../model';
import { viewsOf } from '../model/views';
import { embedMaterials } from '../training/embed-materials';
import { storedPreprocessing } from '../training/model-tensors';
import { restoreModel } from '../training/train';
import { TrainingError } from '../training/training-error';
import { crystalSystem } from './crystal-system';
import type { PrepareGraphsOptions } from './graphs/prepare-graphs';
import { prepareRecords } from './graphs/prepare-records';
import { loadRecords } from './load-records';
import { loadViewOptions } from './load-view-options';
import { modelData } from './model-data';
import { readModel } from './read-model';

export interface ExplainOptions {
  /** What `readModel` takes. */
  readonly checkpoint: string;
  readonly split: Split;
  readonly device: Device;
  /** As in `pretrain`. */
  readonly dataRoot?: string;
  /** Changes to the config's data section. */
  readonly overrides?: readonly string[];
  /** Threads that make the graphs of the data, and a folder that keeps them. */
  readonly graphs?: PrepareGraphsOptions;
  /** Of a larger split every k-th material is looked at: measures take time by their square. Default 1000. */
  readonly mostMaterials?: number;
  /** Materials that attributions and swaps are made for, at equal distances through those. Default 6. */
  readonly examples?: number;
  /** Steps of integrated gradients. Default 64. */
  readonly steps?: number;
  /** Key of the parts that linear probes are fitted on. Default: the run's seed. */
  readonly seed?: number;
}

/** Fewer embeddings than this are not measured. */
const FEWEST_MATERIALS = 3;

/**
 * What a trained model has learned of one split, beside the same model untrained and the composition alone: measures of the embeddings of
 * every modality, nearest neighbours, attributions and swaps of elements for some materials.
 *
 * The same checkpoint, data and device give the same report.
 *
 * @throws {CheckpointError} where the checkpoint cannot be read
 * @throws {DataError} where the data cannot be read
 * @throws {GraphError} where a crystal has no graph, with its id
 * @throws {TrainingError} `EMPTY_SPLIT`
 */
export async function explain(options: ExplainOptions): Promise<ExplanationReport> {
  const { split, device, dataRoot, overrides = [], mostMaterials = 1000 } = options;
  const checkpoint = await readModel(options.checkpoint);
  const { config } = checkpoint;
  const data = modelData(config, overrides);
  const viewOptions = await loadViewOptions(data, dataRoot);
  requireSameOptions(viewsOf(config.model), checkpoint.viewOptions, viewOptions, checkpoint.path);
  const all = await loadRecords(data, dataRoot, config.seed);
  const ofSplit = all.filter((record) => record.split === split);
  if (ofSplit.length < FEWEST_MATERIALS) {
    throw new TrainingError(
      'EMPTY_SPLIT',
      `explain: at least ${FEWEST_MATERIALS} materials in the ${split} split expected, got ${ofSplit.length}. Choose another with --split.`,
    );
  }
  const stride = Math.max(1, Math.ceil(ofSplit.length / mostMaterials));
  const records = ofSplit.filter((_, place) => place % stride === 0);
  const materials = await prepareRecords(records, config, options.graphs);
  const model = restoreModel(device, checkpoint);
  const untrained = createModel(device, config, storedPreprocessing(checkpoint));
  const trained = await embeddingsOf('trained', model, materials);
  const embeddings = [
    ...trained,
    ...(await embeddingsOf('untrained', untrained, materials)),
    compositionEmbeddings(
      all.filter((record) => record.split === 'train'),
      records,
    ),
  ].filter(({ materials: those }) => those.length >= FEWEST_MATERIALS);
  const labels = await materialLabels(records, crystalSystem);
  const seed = options.seed ?? config.seed;
  return {
    split,
    materials: ofSplit.length,
    records,
    step: checkpoint.step,
    seed,
    configHash: await configHash(config),
    adapter: device.adapter.description,
    labels,
    embeddings,
    measures: embeddings.map((each) => embeddingMeasures(each, labels, seed)),
    pairs: pairMeasures(embeddings),
    neighbors: { modality: trained[0]!.modality, of: nearestMaterials(trained[0]!, records.length) },
    ...(await explainExamples(model, records, materials, trained, options)),
  };
}

/** Embeddings of a model by modality, of the materials that have it. */
async function embeddingsOf(
  source: 'trained' | 'untrained',
  model: AlignmentModel,
  materials: readonly PreparedMaterial[],
): Promise<ExplainedEmbeddings[]> {
  const { embeddingDim: dim } = model.config.model;
  return (await embedMaterials(model, materials)).map(({ name, rows, present }) => {
    const places = [...materials.keys()].filter((place) => (present?.[place] ?? 1) !== 0);
    const own = Float32Array.from(
      places.flatMap((place) => [...rows.subarray(place * dim, (place + 1) * dim)]),
    );
    return { source, modality: name, dim, rows: own, materials: places };
  });
}

/** Attributions and swaps of materials at equal distances through those that were embedded. */
async function explainExamples(
  model: AlignmentModel,
  records: readonly MaterialRecord[],
  materials: readonly PreparedMaterial[],
  trained: readonly ExplainedEmbeddings[],
  { examples = 6, steps = 64 }: ExplainOptions,
): Promise<Pick<ExplanationReport, 'attributions' | 'swaps'>> {
  const count = Math.min(examples, records.length);
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * records.length) / count));
  const attributions: AttributionReport[] = [];
  const swaps: SwapReport[] = [];
  for (const place of chosen) {
    const own = embeddingsAt(trained, place);
    for (const each of await attributeMaterial(model, materials[place]!, own, { steps })) {
      attributions.push({ material: place, ...each });
    }
    const { structure } = records[place]!;
    if (!structure || !model.structureEncoder) continue;
    const { structure: _, ...views } = own;
    swaps.push({ material: place, ...(await elementSwaps(model, structure, views)) });
  }
  return { attributions, swaps };
}

function embeddingsAt(
  embeddings: readonly ExplainedEmbeddings[],
  place: number,
): Readonly<Record<string, Float32Array>> {
  return Object.fromEntries(
    embeddings.flatMap(({ modality, rows, dim, materials }) => {
      const row = materials.indexOf(place);
      return row < 0 ? [] : [[modality, rows.slice(row * dim, (row + 1) * dim)] as const];
    }),
  );
}
