import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readArrayFolder, writeArrayFolder } from './array-folder.mjs';
import { outsideRepository } from './data-root.mjs';

const FORMAT = 'bravais-prepared-graphs-1';
/** Sites of a cell are numbered in one byte. */
const MOST_SITES = 256;

/**
 * Graphs of several splits with their targets as a folder of flat arrays: a byte for an edge's source and four for its length;
 * targets of edges follow from the edges counted at each site.
 *
 * @param {string} folder outside of the repository, since data must not get into it
 * @param {Record<string, { graphs: import('@bravais/graph-nn').CrystalGraph[], targets: Record<string, Float32Array> }>} splits
 * @param {object} facts how the graphs were made
 */
export function writePreparedGraphs(folder, splits, facts) {
  const arrays = Object.entries(splits).map(([split, { graphs, targets }]) => {
    const named = {
      siteCounts: Int32Array.from(graphs, ({ atomicNumbers }) => atomicNumbers.length),
      atomicNumbers: joined(Uint8Array, graphs, ({ atomicNumbers }) => atomicNumbers),
      edgeCounts: joined(Int32Array, graphs, edgeCounts),
      edgeSource: joined(Uint8Array, graphs, sourcesInBytes),
      edgeDistance: joined(Float32Array, graphs, ({ edgeDistance }) => edgeDistance),
      volumes: Float32Array.from(graphs, ({ volumeAngstrom3 }) => volumeAngstrom3),
      ...Object.fromEntries(Object.entries(targets).map(([name, values]) => [`targets.${name}`, values])),
    };
    return Object.fromEntries(
      Object.entries(named).map(([name, values]) => [`${split}.${name}`, { values }]),
    );
  });
  writeArrayFolder(outsideRepository(folder), Object.assign({}, ...arrays), { format: FORMAT, ...facts });
}

/**
 * Reads what {@link writePreparedGraphs} wrote: for each split a function that gives its graphs with one target.
 *
 * @param {string} folder
 * @returns {{ facts: object, split: (name: string, target: string) => import('./crystals.mjs').LabelledGraphs }}
 */
export function readPreparedGraphs(folder) {
  if (!existsSync(join(folder, 'index.json'))) {
    throw new Error(
      `--graphs must name a folder made by b2-prepare.mjs, got "${folder}". Run b2-prepare.mjs --out FOLDER first.`,
    );
  }
  const { facts, arrays } = readArrayFolder(folder);
  if (facts.format !== FORMAT) {
    throw new Error(`${folder}: must hold ${FORMAT}, got ${facts.format}. Run b2-prepare.mjs again.`);
  }
  const split = (name, target) => {
    const of = (part) => {
      const values = arrays[`${name}.${part}`];
      if (values) return values;
      throw new Error(
        `${folder}: must hold ${name}.${part}, got ${Object.keys(arrays).join(', ')}. Run b2-prepare.mjs again.`,
      );
    };
    return { graphs: graphsOf(of), targets: of(`targets.${target}`) };
  };
  return { facts, split };
}

function edgeCounts({ targetOffsets }) {
  return targetOffsets.subarray(1).map((end, site) => end - targetOffsets[site]);
}

function sourcesInBytes({ edgeSource, atomicNumbers }) {
  if (atomicNumbers.length <= MOST_SITES) return Uint8Array.from(edgeSource);
  throw new Error(
    `prepared graphs: a cell must have at most ${MOST_SITES} sites, got ${atomicNumbers.length}.`,
  );
}

function joined(Type, graphs, pick) {
  const parts = graphs.map(pick);
  const result = new Type(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** Graphs as views of arrays that all share. */
function graphsOf(of) {
  const [atomicNumbers, counts, edgeDistance] = ['atomicNumbers', 'edgeCounts', 'edgeDistance'].map(of);
  const edgeSource = Int32Array.from(of('edgeSource'));
  const volumes = of('volumes');
  let [site, edge] = [0, 0];
  return Array.from(of('siteCounts'), (sites, row) => {
    const targetOffsets = new Int32Array(sites + 1);
    for (let i = 0; i < sites; i++) targetOffsets[i + 1] = targetOffsets[i] + counts[site + i];
    const [firstSite, firstEdge] = [site, edge];
    site += sites;
    edge += targetOffsets[sites];
    return {
      volumeAngstrom3: volumes[row],
      atomicNumbers: atomicNumbers.subarray(firstSite, site),
      edgeSource: edgeSource.subarray(firstEdge, edge),
      edgeDistance: edgeDistance.subarray(firstEdge, edge),
      targetOffsets,
    };
  });
}
