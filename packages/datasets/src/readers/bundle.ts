import { join } from 'node:path';
import { DataError } from '../data-error';
import type { CrystalRecord } from '../material-record';
import { densityFeatures } from '../modalities/density-features';
import { electronicDos } from '../modalities/electronic-dos';
import { PHONON_DOS_BINS } from '../modalities/phonon-dos';
import { readFloatRows } from './array-rows';
import { compactStructure } from './compact-structure';
import { assignFolds } from './folds';
import { type JsonLine, readJsonLines } from './json-lines';
import { readNpy } from './npy';
import { indexField, numericFields, stringField, wordField } from './record-fields';

/** A crystal of the bundle with a description of it in English. */
export interface DescribedRecord extends CrystalRecord {
  /** By Robocrystallographer, from the structure. */
  readonly description: string;
}

/** Which crystals of {@link readBundleFourmodal} are `test`. */
export interface FourmodalOptions {
  /** Fold that is `test`; the others are `train`. */
  readonly fold: number;
  /** Number of folds; 5 by default. */
  readonly folds?: number;
  /** Of the folds; 0 by default. */
  readonly seed?: number;
}

const FOLDER = 'bundle';
const SPLITS = ['train', 'val', 'test'] as const;
/** `e_form` eV/atom, `gap` eV, `ehull` eV/atom, `K` and `G` GPa, `rho` g/cm³, `sg` space-group number. */
const SCALARS = ['e_form', 'gap', 'ehull', 'K', 'G', 'rho', 'sg'] as const;
const UINT16_MAX = 65_535;
/** Of the electronic densities of states, eV from the Fermi level. */
const ENERGIES = { first: -10, last: 10, count: 256 } as const;

/**
 * The small cut of JARVIS phonon spectra joined to crystals (tier A) with descriptions, from `<root>/bundle`: 360 / 60 / 120 for
 * train / val / test.
 *
 * @param root folder that holds `bundle/`
 * @throws DataError, StructureError
 */
export async function readBundleMaterials(root: string): Promise<DescribedRecord[]> {
  const lines = await linesOf(root, 'materials.jsonl.gz');
  const path = join(root, FOLDER, 'phdos_540x66_u16.npy.gz');
  const { dtype, shape, data } = await readNpy(path);
  const bins = PHONON_DOS_BINS.count;
  if (dtype !== 'uint16' || shape.join() !== `${lines.length},${bins}`) {
    throw new DataError(
      'DATA_INVALID',
      path,
      `uint16 [${lines.length}, ${bins}] expected, got ${dtype} [${shape.join(', ')}]. Use files of one release.`,
    );
  }
  return lines.map((line) => {
    const row = rowOf(line, lines.length);
    const phononDos = Float32Array.from(
      data.subarray(row * bins, (row + 1) * bins),
      (value) => value / UINT16_MAX,
    );
    return { ...crystalOf(line), split: wordField(line, 'split', SPLITS), views: { phononDos } };
  });
}

/**
 * The 60 crystals of the bundle with electronic density of states, charge density and description, from `<root>/bundle`. The source has no
 * split: k folds stand in.
 *
 * @param root folder that holds `bundle/`
 * @throws DataError, StructureError
 */
export async function readBundleFourmodal(
  root: string,
  { fold, folds = 5, seed = 0 }: FourmodalOptions,
): Promise<DescribedRecord[]> {
  const folder = join(root, FOLDER);
  if (!Number.isInteger(fold) || fold < 0 || fold >= folds) {
    throw new DataError('DATA_INVALID', folder, `a fold from 0 to ${folds - 1} expected, got ${fold}.`);
  }
  const lines = await linesOf(root, 'fourmodal.jsonl.gz');
  const [charge, density] = await Promise.all(
    ['fourmodal_charge_60x16x16x16_f16.npy.gz', 'fourmodal_edos_60x256_f32.npy.gz'].map((name) =>
      readFloatRows(join(folder, name), lines.length),
    ),
  );
  const { first, last, count } = ENERGIES;
  const positions = Float64Array.from(
    { length: count },
    (_, k) => first + (k * (last - first)) / (count - 1),
  );
  const [nx, ny, nz] = charge!.shape;
  const foldOf = assignFolds(lines.length, folds, seed);
  return lines.map((line, place) => {
    const row = rowOf(line, lines.length);
    const grid = { shape: [nx!, ny!, nz!] as const, values: charge!.row(row) };
    return {
      ...crystalOf(line),
      split: foldOf[place] === fold ? 'test' : 'train',
      views: {
        electronicDos: electronicDos({ positions, densities: density!.row(row) }, `${line.where} DOS`),
        chargeDensity: densityFeatures(grid, `${line.where} charge density`),
      },
    };
  });
}

function crystalOf(
  line: JsonLine,
): Omit<DescribedRecord, 'split' | 'views'> & Pick<CrystalRecord, 'structure'> {
  return {
    id: stringField(line, 'id'),
    formula: stringField(line, 'formula'),
    structure: compactStructure(line),
    scalars: numericFields(line, SCALARS),
    description: stringField(line, 'text'),
  };
}

async function linesOf(root: string, name: string): Promise<JsonLine[]> {
  const lines: JsonLine[] = [];
  for await (const line of readJsonLines(join(root, FOLDER, name))) lines.push(line);
  return lines;
}

function rowOf(line: JsonLine, rows: number): number {
  const row = indexField(line, 'i');
  if (row < rows) return row;
  throw new DataError(
    'DATA_INVALID',
    line.where,
    `"i" must be a row below ${rows}, got ${row}. Use files of one release.`,
  );
}
