import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ViewOptions } from '@bravais/datasets';
import type { BuildSource, DatasetSource, StoredRecord } from '@bravais/datasets/storage';
import { UsageError } from '../errors/cli-error';
import { inputsOf, passedOverNote } from '../inspect/inputs';

/** Names of `--source`. */
export const SOURCE_NAMES = [
  'reference',
  'mp-crystals',
  'jarvis-phdos',
  'multimat-sample',
  'perov5',
  'bundle',
  'synthesis-recipes',
  'neu-det',
  'magnetic-tile',
] as const;

/** Sets that are read from the folder of the data; `reference` is inside the package. */
type SourceName = (typeof SOURCE_NAMES)[number];

/** What a data set is built from, what it is called, and what to say about it. */
export interface NamedSource {
  readonly name: string;
  readonly source: BuildSource;
  /** How its views were made, where it is known. */
  readonly viewOptions?: ViewOptions;
  /** Where its records come from and under which terms, where that is known. */
  readonly sources?: readonly DatasetSource[];
  readonly note?: string | undefined;
}

/**
 * The structure files, or the records of the named source, or those of a folder that `bravais data fetch` or `import` wrote.
 *
 * @param root folder that holds the folder of the source
 * @throws {UsageError} where both or neither are given, or the source is neither known nor such a folder
 */
export async function buildSource(
  files: readonly string[],
  name: string | undefined,
  root: string,
): Promise<NamedSource> {
  if (files.length > 0 === (name !== undefined)) {
    throw new UsageError(
      'data build: structure files, or --source, expected, got ' +
        (name === undefined ? 'neither.' : 'both.') +
        ' Name files or folders, or a source.',
    );
  }
  if (name !== undefined) {
    if (!isSourceName(name)) return fetchedSet(name);
    const viewOptions = await sourceViewOptions(name);
    return { name, source: { records: await SOURCES[name](root) }, viewOptions };
  }
  const inputs = await inputsOf(files);
  const source = { files: inputs.files.map((file) => resolve(file)), root: process.cwd() };
  return { name: 'structures', source, note: passedOverNote(inputs) };
}

function isSourceName(name: string): name is SourceName {
  return (SOURCE_NAMES as readonly string[]).includes(name);
}

/** A folder with a `set.json`. */
async function fetchedSet(folder: string): Promise<NamedSource> {
  const { readManifest, setMaterials, setViewOptions } = await inNode();
  if (!existsSync(join(folder, 'set.json'))) {
    throw new UsageError(
      `data build: --source must be one of ${SOURCE_NAMES.join(', ')}, or a folder that "bravais data fetch" or "import" wrote, got ${JSON.stringify(folder)}. Fetch or import it first.`,
    );
  }
  const { name, title, source: address, licence, citations, arrays } = await readManifest(folder);
  return {
    name,
    source: { items: setMaterials(folder) },
    viewOptions: setViewOptions(arrays),
    sources: [{ name: title, address, licence, citations }],
  };
}

async function sourceViewOptions(name: SourceName): Promise<ViewOptions> {
  if (name === 'reference') return (await import('@bravais/datasets/reference')).REFERENCE_VIEW_OPTIONS;
  const { JARVIS_VIEW_OPTIONS, MULTIMAT_VIEW_OPTIONS } = await inNode();
  return name === 'jarvis-phdos'
    ? JARVIS_VIEW_OPTIONS
    : name === 'multimat-sample'
      ? MULTIMAT_VIEW_OPTIONS
      : {};
}

const inNode = () => import('@bravais/datasets/node');

const SOURCES: Readonly<Record<SourceName, (root: string) => Promise<readonly StoredRecord[]>>> = {
  reference: async () => (await import('@bravais/datasets/reference')).referenceSet(),
  'mp-crystals': async (root) => {
    const { readMpCrystals } = await inNode();
    const records: StoredRecord[] = [];
    for (const split of ['train', 'val', 'test'] as const)
      records.push(...(await readMpCrystals(root, { split })));
    return records;
  },
  'jarvis-phdos': async (root) => (await inNode()).readJarvisPhdos(root, { tier: 'A+exact' }),
  'multimat-sample': async (root) => (await inNode()).readMultimatSample(root, { fold: 0, complete: false }),
  perov5: async (root) => (await inNode()).readPerov5(root),
  bundle: async (root) => (await inNode()).readBundleMaterials(root),
  'synthesis-recipes': async (root) => (await inNode()).readSynthesisMaterials(root),
  'neu-det': async (root) => {
    const { labelledMaterials, readNeuDet } = await inNode();
    return labelledMaterials(await readNeuDet(root), 'Surface of hot-rolled steel');
  },
  'magnetic-tile': async (root) => {
    const { labelledMaterials, readMagneticTile } = await inNode();
    return labelledMaterials(await readMagneticTile(root), 'Surface of a magnetic tile');
  },
};
