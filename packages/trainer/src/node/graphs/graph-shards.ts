import type { Crystal } from '@bravais/graph-nn';

/** Neighbouring crystals of a data set whose graphs are made by one thread and kept in one file. */
export interface GraphShard {
  /** Place of the first crystal in the data set. */
  readonly first: number;
  readonly crystals: readonly Crystal[];
}

/** Sites of a shard: about half a second of work and, at 16 neighbours, 2 MB of graphs. */
const SHARD_SITES = 16_384;

/** The crystals in order, in shards that depend on them alone; a crystal counts as a site more than it has. */
export function graphShards(crystals: readonly Crystal[]): GraphShard[] {
  const shards: GraphShard[] = [];
  let [first, sites] = [0, 0];
  crystals.forEach((crystal, place) => {
    sites += crystal.atomicNumbers.length + 1;
    if (sites < SHARD_SITES && place + 1 < crystals.length) return;
    shards.push({ first, crystals: crystals.slice(first, place + 1) });
    [first, sites] = [place + 1, 0];
  });
  return shards;
}
