import { resolve } from 'node:path';
import type { JsonValue, ViewOptions } from '@bravais/datasets';
import { JARVIS_VIEW_OPTIONS, MULTIMAT_VIEW_OPTIONS } from '@bravais/datasets/node';
import { REFERENCE_VIEW_OPTIONS } from '@bravais/datasets/reference';
import { openDataset } from '@bravais/datasets/storage';
import type { DataConfig } from '../config';

/**
 * How the views of a config's materials were made, as far as their source says.
 *
 * @param dataRoot as in `loadRecords`
 * @throws {DataError} where a stored data set cannot be opened
 */
export async function loadViewOptions(data: DataConfig, dataRoot?: string): Promise<ViewOptions> {
  if (data.source === 'reference') return REFERENCE_VIEW_OPTIONS;
  if (data.source === 'jarvis-phdos') return JARVIS_VIEW_OPTIONS;
  if (data.source === 'multimat-sample') return MULTIMAT_VIEW_OPTIONS;
  if (data.source !== 'stored') return {};
  const root = resolve(dataRoot ?? process.env.BRAVAIS_DATA ?? process.cwd(), data.root ?? '.');
  const { manifest } = await openDataset(root);
  const stated = Object.entries(manifest.viewOptions ?? {}).filter(
    (entry): entry is [string, Record<string, JsonValue>] =>
      typeof entry[1] === 'object' && entry[1] !== null,
  );
  return Object.fromEntries(stated);
}
