import { parentPort } from 'node:worker_threads';
import { potentialEdges } from '@bravais/graph-nn';

// Worker thread: crystals in, their infinite edges out.
parentPort.on('message', (crystals) =>
  parentPort.postMessage(crystals.map((crystal) => potentialEdges(crystal))),
);
