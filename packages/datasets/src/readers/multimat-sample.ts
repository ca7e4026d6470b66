import { join } from 'node:path';
import { DataError } from '../data-error';
import type { MaterialRecord, MaterialViews } from '../material-record';
import { densityFeatures } from '../modalities/density-features';
import { electronicDos } from '../modalities/electronic-dos';
import { latticeMetric } from '../modalities/lattice-metric';
import type { SampledSpectrum } from '../modalities/sampled-spectrum';
import type { Structure } from '../structure/structure';
import { compactStructure } from './compact-structure';
import { assignFolds } from './folds';
import { type JsonLine, readJsonLines } from './json-lines';
import { type NpyArray, readNpy } from './npy';
import { readFileBytes } from './read-file-bytes';
import { numericFields, stringField, stringsField } from './record-fields';

/** Which part of the MultiMat sample to read, and which fold to hold out. */
export interface MultimatSampleOptions {
  /** Fold whose materials are the split `test`; the others are `train`. */
  readonly fold: number;
  /** Number of folds; 5 by default. */
  readonly folds?: number;
  /** Of the folds; 0 by default. */
  readonly seed?: number;
  /** Only materials that have every view, as they are by default; else those with a structure. */
  readonly complete?: boolean;
  /** All 408 materials, 215 of them without a structure; `complete` then says nothing. */
  readonly all?: boolean;
}

const FOLDER = 'multimat-sample';
const INDEX_BYTES = 2 ** 20;
/** Electronic density of states, charge density as features and as a grid, text. */
const VIEWS = 4;
/** `e_form` eV/atom and `gap` eV, `rho` g/cm³, `sg` space-group number. */
const SCALARS = ['e_form', 'gap', 'rho', 'sg'] as const;

/**
 * Crystals of the MultiMat sample with electronic density of states, charge density (features of 32³ points, and 16³ points) and a vector of their description, from
 * `<root>/multimat-sample`: 181 that have every view, 193 with a structure, 408 in all.
 *
 * The source has no split: k folds stand in. Order: that of the source's structures. With `all` the materials without come after, in the
 * order of the source's index; the 181 keep their folds, and the others are dealt into folds of their own.
 *
 * @throws DataError, StructureError
 * @example
 * ```ts no-run
 * const records = await readMultimatSample('../shared/data', { fold: 0 });
 * ```
 */
export async function readMultimatSample(
  root: string,
  { fold, folds = 5, seed = 0, complete = true, all = false }: MultimatSampleOptions,
): Promise<MaterialRecord[]> {
  const folder = join(root, FOLDER);
  if (!Number.isInteger(fold) || fold < 0 || fold >= folds) {
    throw new DataError('DATA_INVALID', folder, `a fold from 0 to ${folds - 1} expected, got ${fold}.`);
  }
  const { ids, viewsOf } = await readViews(folder);
  const crystals: Omit<MaterialRecord, 'split'>[] = [];
  for await (const line of readJsonLines(join(folder, 'structures.jsonl.gz'))) {
    const id = stringField(line, 'id');
    const structure = compactStructure(line);
    crystals.push({
      id,
      formula: stringField(line, 'formula'),
      structure,
      views: viewsOf(id, line.where, structure),
      scalars: numericFields(line, SCALARS),
    });
  }
  const whole = crystals.filter(({ views }) => Object.keys(views).length === VIEWS);
  if (complete && !all) return inFolds(whole, fold, folds, seed);
  if (!all) return inFolds(crystals, fold, folds, seed);
  const found = new Set(crystals.map(({ id }) => id));
  const others = ids.filter((id) => !found.has(id));
  const lacking = [
    ...crystals.filter((crystal) => !whole.includes(crystal)),
    ...others.map((id) => ({ id, formula: '', views: viewsOf(id, id), scalars: {} })),
  ];
  return [...inFolds(whole, fold, folds, seed), ...inFolds(lacking, fold, folds, seed)];
}

function inFolds(
  found: readonly Omit<MaterialRecord, 'split'>[],
  fold: number,
  folds: number,
  seed: number,
): MaterialRecord[] {
  const foldOf = assignFolds(found.length, folds, seed);
  return found.map((record, row) => ({ ...record, split: foldOf[row] === fold ? 'test' : 'train' }));
}

/** Every id, and the views of a material by its id; `where` is what an error about it names. */
async function readViews(folder: string): Promise<{
  ids: readonly string[];
  viewsOf: (id: string, where: string, structure?: Structure) => MaterialViews;
}> {
  const path = join(folder, 'index.json');
  const index = parseIndex(await readFileBytes(path, INDEX_BYTES), path);
  const [ids, dosIds] = [stringsField(index, 'ids'), stringsField(index, 'edos_ids')];
  const hasDensity = index.value.charge_density_exists as unknown[];
  const [energies, densities] = await Promise.all(
    ['energy', 'density'].map((what) => readRows(folder, `edos_${what}_312x601_f32.npy.gz`, dosIds.length)),
  );
  const fine = await readRows(folder, 'charge_density_408x32x32x32_f16.npy.gz', ids.length);
  const coarse = await readRows(folder, 'charge_density_408x16x16x16_f32.npy.gz', ids.length);
  const text = await readRows(folder, 'matbert_embedding_408x768_f32.npy.gz', ids.length);
  const [nx, ny, nz] = fine.shape;
  const spectrumOf = (row: number) => withoutPadding(energies!.row(row), densities!.row(row));
  const viewsOf = (id: string, where: string, structure?: Structure): MaterialViews => {
    const [row, dosRow] = [ids.indexOf(id), dosIds.indexOf(id)];
    if (row < 0) {
      throw new DataError(
        'DATA_INVALID',
        where,
        `an id of ${path} expected, got ${id}. Use files of one release.`,
      );
    }
    const grid = { shape: [nx!, ny!, nz!] as const, values: fine.row(row) };
    return {
      ...(dosRow < 0 ? {} : { electronicDos: electronicDos(spectrumOf(dosRow), `${where} DOS`) }),
      ...(hasDensity?.[row]
        ? {
            chargeDensity: densityFeatures(grid, `${where} charge density`),
            densityGrid: {
              size: coarse.shape[0]!,
              values: logRelative(coarse.row(row)),
              metric: metricOf(structure),
            },
          }
        : {}),
      text: text.row(row),
    };
  };
  return { ids, viewsOf };
}

/** log(1 + ρ / mean ρ); the little below 0 that the source's grids ring to is set to 0. */
function logRelative(values: Float32Array): Float32Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => Math.log1p(Math.max(0, value) / mean));
}

/** Metric of the cell; zeros where it is not known, which encoders of grids take. */
function metricOf(structure: Structure | undefined): Float32Array {
  return structure ? latticeMetric(structure.latticeAngstrom) : new Float32Array(6);
}

/** One spectrum of the source begins with copies of its last energy at density 0. */
function withoutPadding(positions: Float32Array, densities: Float32Array): SampledSpectrum {
  const first = positions.indexOf(Math.min(...positions));
  const begin = densities.subarray(0, first).every((density) => density === 0) ? first : 0;
  return { positions: positions.subarray(begin), densities: densities.subarray(begin) };
}

function parseIndex(bytes: Uint8Array, where: string): JsonLine {
  try {
    return { where, value: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch (cause) {
    throw new DataError('DATA_INVALID', where, `JSON expected, got ${(cause as Error).message}.`);
  }
}

/** An array of one row a material; `shape` is that of a row. */
async function readRows(
  folder: string,
  name: string,
  rows: number,
): Promise<{ shape: readonly number[]; row: (index: number) => Float32Array }> {
  const path = join(folder, name);
  const { dtype, shape, data }: NpyArray = await readNpy(path);
  const [count, ...rest] = shape;
  if (count !== rows || !(data instanceof Float32Array)) {
    throw new DataError(
      'DATA_INVALID',
      path,
      `floats [${rows}, …] expected, got ${dtype} [${shape.join(', ')}]. Use files of one release.`,
    );
  }
  const size = rest.reduce((product, extent) => product * extent, 1);
  return { shape: rest, row: (index) => data.slice(index * size, (index + 1) * size) };
}
