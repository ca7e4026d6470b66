// Worker thread: crystals in, graphs out, in the order they came; null for a crystal with an atom that has no neighbour.
import { parentPort, workerData } from 'node:worker_threads';
import { crystalGraph, GraphError } from '@bravais/graph-nn';

parentPort.on('message', ({ first, structures }) => {
  const graphs = structures.map(graphOf);
  const buffers = graphs.flatMap((graph) =>
    graph ? [graph.edgeSource.buffer, graph.edgeDistance.buffer, graph.targetOffsets.buffer] : [],
  );
  parentPort.postMessage({ first, graphs }, [...new Set(buffers)]);
});

function graphOf(structure) {
  try {
    return crystalGraph(structure, workerData);
  } catch (error) {
    if (error instanceof GraphError && error.code === 'ISOLATED_SITE') return null;
    throw error;
  }
}
