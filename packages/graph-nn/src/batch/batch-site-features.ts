import { GraphError } from '../graph/graph-error';
import type { CrystalGraph } from './crystal-graph';

/** Joins the site features of graphs, `[N, F]`; nothing where none has any. Throws LENGTH_MISMATCH where F differs. */
export function batchSiteFeatures(graphs: readonly CrystalGraph[]): Float32Array | null {
  if (graphs.every(({ siteFeatures }) => siteFeatures === undefined)) return null;
  const widthOf = ({ siteFeatures, atomicNumbers }: CrystalGraph): number =>
    (siteFeatures?.length ?? 0) / atomicNumbers.length;
  const width = widthOf(graphs[0]!);
  const odd = graphs.findIndex((graph) => widthOf(graph) !== width || !Number.isInteger(width));
  if (odd >= 0) {
    throw new GraphError(
      'LENGTH_MISMATCH',
      `batchGraphs: all graphs must have as many site features a site, a whole number, got ${width} and ${widthOf(graphs[odd]!)} at graph ${odd}. Make all with the same siteFeatures.`,
    );
  }
  const joined = new Float32Array(
    graphs.reduce((sum, { atomicNumbers }) => sum + atomicNumbers.length * width, 0),
  );
  let at = 0;
  for (const { siteFeatures } of graphs) {
    joined.set(siteFeatures!, at);
    at += siteFeatures!.length;
  }
  return joined;
}

/** The same features with zeros for padding nodes. */
export function padSiteFeatures(siteFeatures: Float32Array, nodes: number, padded: number): Float32Array {
  const longer = new Float32Array((siteFeatures.length / nodes) * padded);
  longer.set(siteFeatures);
  return longer;
}
