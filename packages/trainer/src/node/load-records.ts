import { resolve } from 'node:path';
import type { MaterialRecord } from '@bravais/datasets';
import { readJarvisPhdos } from '@bravais/datasets/node';
import { referenceSet } from '@bravais/datasets/reference';
import type { DataConfig } from '../config';

/**
 * The materials a config names, in the order of their source.
 *
 * @param dataRoot folder that `data.root` is relative to. Default: the environment's `BRAVAIS_DATA`, else the
 * working folder
 * @throws {DataError} where files are missing or damaged
 */
export async function loadRecords(data: DataConfig, dataRoot?: string): Promise<readonly MaterialRecord[]> {
  const records = data.source === 'reference' ? referenceSet() : await jarvis(data, dataRoot);
  return data.limit === undefined ? records : firstOfEachSplit(records, data.limit);
}

function jarvis(data: DataConfig, dataRoot: string | undefined): Promise<readonly MaterialRecord[]> {
  const base = dataRoot ?? process.env.BRAVAIS_DATA ?? process.cwd();
  return readJarvisPhdos(resolve(base, data.root ?? '.'), { tier: data.tier });
}

function firstOfEachSplit(records: readonly MaterialRecord[], limit: number): MaterialRecord[] {
  const taken = { train: 0, val: 0, test: 0 };
  return records.filter(({ split }) => taken[split]++ < limit);
}
