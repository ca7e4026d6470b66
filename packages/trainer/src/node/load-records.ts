import { resolve } from 'node:path';
import type { MaterialRecord } from '@bravais/datasets';
import {
  labelledMaterials,
  readElectrolytes,
  readJarvisFormulas,
  readJarvisPhdos,
  readMagneticTile,
  readMpCrystals,
  readMultimatSample,
  readNeuDet,
  readSynthesisMaterials,
} from '@bravais/datasets/node';
import { referenceSet } from '@bravais/datasets/reference';
import { createSplit } from '@bravais/datasets/splits';
import { openDataset } from '@bravais/datasets/storage';
import type { DataConfig } from '../config';
import { drawTraining } from '../data/draw-training';
import { applySplitFile } from './apply-split-file';
import { assignSplit } from './assign-split';

/**
 * The materials a config names, in the order of their source.
 *
 * @param dataRoot folder that `data.root` is relative to. Default: the environment's `BRAVAIS_DATA`, else the
 * working folder
 * @param seed that `data.trainLimit` draws by
 * @throws {DataError} where files are missing or damaged
 * @throws {SplitError} where `data.split` names a split of other records, or `data.splitBy` what none of them has
 */
export async function loadRecords(
  data: DataConfig,
  dataRoot?: string,
  seed = 0,
): Promise<readonly MaterialRecord[]> {
  const root = resolve(dataRoot ?? process.env.BRAVAIS_DATA ?? process.cwd(), data.root ?? '.');
  const records = await SOURCES[data.source](root, data);
  const split = await splitRecords(records, data);
  const limited = data.limit === undefined ? split : firstOfEachSplit(split, data.limit);
  return data.trainLimit === undefined ? limited : drawTraining(limited, data.trainLimit, seed);
}

async function splitRecords(
  records: readonly MaterialRecord[],
  { split, splitBy, fold }: DataConfig,
): Promise<readonly MaterialRecord[]> {
  if (split !== undefined) return applySplitFile(records, split, fold);
  if (splitBy === undefined) return records;
  return assignSplit(records, await createSplit(records, splitBy), fold, 'data.splitBy');
}

const SOURCES: Readonly<
  Record<DataConfig['source'], (root: string, data: DataConfig) => Promise<readonly MaterialRecord[]>>
> = {
  reference: async () => referenceSet(),
  'jarvis-phdos': async (root, { tier, exceptMp = [], descriptions = false, formulas = false }) => [
    ...(await readJarvisPhdos(root, { tier, exceptMp, descriptions })),
    ...(formulas ? await readJarvisFormulas(root, { tier, exceptMp }) : []),
  ],
  'mp-crystals': readMpSplits,
  obelix: (root, { all = false }) => readElectrolytes(root, { all }),
  'multimat-sample': (root, { fold = 0, all = false }) => readMultimatSample(root, { fold, all }),
  'synthesis-recipes': (root) => readSynthesisMaterials(root),
  'neu-det': async (root) => labelledMaterials(await readNeuDet(root), 'Surface of hot-rolled steel'),
  'magnetic-tile': async (root) =>
    labelledMaterials(await readMagneticTile(root), 'Surface of a magnetic tile'),
  stored: readStored,
};

async function readMpSplits(root: string, { limit }: DataConfig): Promise<MaterialRecord[]> {
  const splits = (['train', 'val', 'test'] as const).map((split) =>
    readMpCrystals(root, { split, ...(limit === undefined ? {} : { limit }) }),
  );
  return (await Promise.all(splits)).flat();
}

async function readStored(root: string): Promise<MaterialRecord[]> {
  const records: MaterialRecord[] = [];
  for await (const record of (await openDataset(root)).records()) records.push(record);
  return records;
}

function firstOfEachSplit(records: readonly MaterialRecord[], limit: number): MaterialRecord[] {
  const taken = { train: 0, val: 0, test: 0 };
  return records.filter(({ split }) => taken[split]++ < limit);
}
