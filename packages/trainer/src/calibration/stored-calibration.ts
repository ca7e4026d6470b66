import type { NamedTensors, StoredTensor } from '@bravais/datasets';
import { CheckpointError, type TrainedModel } from '../checkpoint';
import type { Calibration } from './calibration';

/** As fitted preprocessing, what stands below it is no parameter: models with and without load alike, also where nobody asks for it. */
const PREFIX = 'preprocessing.calibration.';
const SCORES = `${PREFIX}scores.`;
const ROWS = `${PREFIX}novelty.rows`;
const PERCENTILES = `${PREFIX}novelty.percentiles`;
const ELEMENTS = `${PREFIX}novelty.elements`;

/** The tensors of a model with a calibration among them, in place of one that was there; embeddings are kept as halves. */
export function withCalibration(model: NamedTensors, { scores, novelty }: Calibration): NamedTensors {
  const kept = new Map<string, StoredTensor>([...model].filter(([name]) => !name.startsWith(PREFIX)));
  for (const [target, data] of Object.entries(scores)) {
    kept.set(SCORES + target, { dtype: 'F32', shape: [data.length], data });
  }
  if (novelty) {
    const { rows, dim, percentiles, elements } = novelty;
    kept.set(ROWS, { dtype: 'F16', shape: [rows.length / dim, dim], data: rows });
    kept.set(PERCENTILES, { dtype: 'F32', shape: [percentiles.length], data: percentiles });
    kept.set(ELEMENTS, { dtype: 'I32', shape: [elements.length], data: elements });
  }
  return kept;
}

/**
 * The calibration in the tensors of a model; `null` where it holds none, as models from before there was one.
 *
 * @throws {CheckpointError} `STATE` where it is of another form than this version writes
 */
export function storedCalibration({
  config,
  model,
}: Pick<TrainedModel, 'config' | 'model'>): Calibration | null {
  if (![...model.keys()].some((name) => name.startsWith(PREFIX))) return null;
  const scores = [...model].flatMap(([name, { data }]): [string, Float32Array][] =>
    name.startsWith(SCORES) ? [[name.slice(SCORES.length), numbersOf(name, data, Float32Array, null)]] : [],
  );
  const rows = model.get(ROWS);
  if (!rows) return { scores: Object.fromEntries(scores), novelty: null };
  const dim = config.model.embeddingDim;
  return {
    scores: Object.fromEntries(scores),
    novelty: {
      rows: numbersOf(ROWS, rows.data, Float32Array, (rows.shape[0] ?? 0) * dim),
      dim,
      percentiles: numbersOf(PERCENTILES, model.get(PERCENTILES)?.data, Float32Array, 101),
      elements: numbersOf(ELEMENTS, model.get(ELEMENTS)?.data, Int32Array, 118),
    },
  };
}

function numbersOf<T extends Float32Array | Int32Array>(
  name: string,
  data: StoredTensor['data'] | undefined,
  type: abstract new (...args: never[]) => T,
  length: number | null,
): T {
  if (data instanceof type && (length === null || data.length === length)) return data;
  const wanted = length === null ? 'numbers' : `${length} numbers`;
  const message = `checkpoint: ${name} must hold ${wanted} of type ${type.name}, got ${data ? `${data.length} of ${data.constructor.name}` : 'nothing'}. Calibrate the model again.`;
  throw new CheckpointError('STATE', message);
}
