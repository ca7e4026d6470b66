// Writes the graphs of mp-crystals with both targets to a folder outside of the repository, for b2.mjs. See README.md; build
// the packages first.
import { availableParallelism } from 'node:os';
import { readMpCrystals } from '@bravais/datasets/node';
import { edgeCount } from './crystals.mjs';
import { dataRoot } from './data-root.mjs';
import { parallelGraphs } from './parallel-graphs.mjs';
import { writePreparedGraphs } from './prepared-graphs.mjs';
import { readOptions } from './read-options.mjs';

const TARGETS = ['e_form', 'gap'];
const SPLITS = ['train', 'val', 'test'];

const options = readOptions({ out: '', neighbors: 16, cutoff: 8, workers: availableParallelism() });
const graphOptions = { neighbors: options.neighbors, cutoffAngstrom: options.cutoff };
const root = dataRoot(...SPLITS.map((split) => `mp-crystals/${split}.jsonl.gz`));

const start = performance.now();
const records = await Promise.all(SPLITS.map((split) => readMpCrystals(root, { split })));
const read = performance.now();
const graphs = await parallelGraphs(
  records.flat().map(({ structure }) => structure),
  graphOptions,
  options.workers,
);
const made = performance.now();
let taken = 0;
const splits = records.map((part) => {
  const own = graphs.slice(taken, taken + part.length);
  taken += part.length;
  const rows = own.flatMap((graph, row) => (graph ? [row] : []));
  const targets = TARGETS.map((name) => [name, Float32Array.from(rows, (row) => part[row].scalars[name])]);
  return { graphs: rows.map((row) => own[row]), targets: Object.fromEntries(targets) };
});
writePreparedGraphs(options.out, Object.fromEntries(SPLITS.map((name, i) => [name, splits[i]])), {
  graph: graphOptions,
});
const seconds = (from, to) => (to - from) / 1000;
console.log(
  JSON.stringify({
    kind: 'prepared',
    ...graphOptions,
    crystals: Object.fromEntries(SPLITS.map((name, i) => [name, splits[i].graphs.length])),
    leftOut: graphs.filter((graph) => graph === null).length,
    edges: splits.reduce((sum, split) => sum + edgeCount(split.graphs), 0),
    workers: options.workers,
    readSeconds: seconds(start, read),
    graphSeconds: seconds(read, made),
    writeSeconds: seconds(made, performance.now()),
  }),
);
